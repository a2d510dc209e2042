# SPDX-License-Identifier: Apache-2.0
# What the USB bus shows, through libudev.
noinst_LIBRARIES += libusbview.a
libusbview_a_CPPFLAGS = $(AM_CPPFLAGS) $(UDEV_CFLAGS)
libusbview_a_SOURCES =
libusbview_a_SOURCES += %D%/port_reset.c %D%/port_reset.h
libusbview_a_SOURCES += %D%/usb_attribute.c %D%/usb_attribute.h
libusbview_a_SOURCES += %D%/usb_budget.c %D%/usb_budget.h
libusbview_a_SOURCES += %D%/usb_device.h
libusbview_a_SOURCES += %D%/usb_hearing.c %D%/usb_hearing.h
libusbview_a_SOURCES += %D%/usb_identity.c %D%/usb_identity.h
libusbview_a_SOURCES += %D%/usb_port.c %D%/usb_port.h
libusbview_a_SOURCES += %D%/usb_read.c %D%/usb_read.h
libusbview_a_SOURCES += %D%/usb_roll.c %D%/usb_roll.h
libusbview_a_SOURCES += %D%/usb_serial.c %D%/usb_serial.h
libusbview_a_SOURCES += %D%/usb_tree.c %D%/usb_tree.h
libusbview_a_SOURCES += %D%/usb_watch.c %D%/usb_watch.h
# What a program needs that links libusbview.a, after it.
USBVIEW_LIBS = libfacts.a $(UDEV_LIBS)

# What root does for the station: one program, and the units around it.
libexec_PROGRAMS += muster-port-reset
muster_port_reset_SOURCES = %D%/port_reset_main.c
muster_port_reset_LDADD = libusbview.a libfacts.a

# Units with the paths of this installation in them.
UNIT_SED = $(SED) -e 's|@bindir[@]|$(bindir)|g' -e 's|@libexecdir[@]|$(libexecdir)|g'
UNIT_INPUTS =
UNIT_INPUTS += %D%/muster-port.service.in
UNIT_INPUTS += %D%/muster-port@.service.in
UNIT_INPUTS += %D%/muster-refresh.service.in
UNIT_INPUTS += %D%/muster.service.in
UNIT_INPUTS += %D%/usbmuxd.conf.in
EXTRA_DIST += $(UNIT_INPUTS) %D%/muster.sysusers %D%/muster.tmpfiles
EXTRA_DIST += %D%/muster-port.path %D%/muster-refresh.timer %D%/muster-usbmuxd.path %D%/muster-usbmuxd.service
UNITS_MADE = $(UNIT_INPUTS:.in=)
CLEANFILES += $(UNITS_MADE)
$(UNITS_MADE): %: %.in Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(UNIT_SED) $(srcdir)/$@.in >$@

if SYSTEMD_UNITS
systemdsystemunit_DATA = %D%/muster-port.path
systemdsystemunit_DATA += %D%/muster-port.service
systemdsystemunit_DATA += %D%/muster-port@.service
systemdsystemunit_DATA += %D%/muster-refresh.service
systemdsystemunit_DATA += %D%/muster-refresh.timer
systemdsystemunit_DATA += %D%/muster-usbmuxd.path
systemdsystemunit_DATA += %D%/muster-usbmuxd.service
systemdsystemunit_DATA += %D%/muster.service

install-data-local:
	$(MKDIR_P) '$(DESTDIR)$(systemdsystemunitdir)/usbmuxd.service.d' \
		'$(DESTDIR)$(sysusersdir)' '$(DESTDIR)$(tmpfilesdir)'
	$(INSTALL_DATA) %D%/usbmuxd.conf \
		'$(DESTDIR)$(systemdsystemunitdir)/usbmuxd.service.d/muster.conf'
	$(INSTALL_DATA) $(srcdir)/%D%/muster.sysusers '$(DESTDIR)$(sysusersdir)/muster.conf'
	$(INSTALL_DATA) $(srcdir)/%D%/muster.tmpfiles '$(DESTDIR)$(tmpfilesdir)/muster.conf'

uninstall-local:
	rm -f '$(DESTDIR)$(systemdsystemunitdir)/usbmuxd.service.d/muster.conf' \
		'$(DESTDIR)$(sysusersdir)/muster.conf' '$(DESTDIR)$(tmpfilesdir)/muster.conf'
endif
all-local: $(UNITS_MADE)
