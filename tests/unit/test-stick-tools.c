/* SPDX-License-Identifier: Apache-2.0 */
/* What is read of mounts and disks, and files on sticks: written, read back, a stranger's. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "station/tools/mounts.h"
#include "station/tools/report_folder.h"
#include "station/tools/stick_files.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char dir[SCRATCH_PATH], info[SCRATCH_PATH], sys[SCRATCH_PATH];
static struct mounts_host host = { info, sys };

/* Makes the folder DIR/NAME, with its parents. */
static void folder(const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	for (char *at = path + strlen(dir) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		(void)mkdir(path, 0700);
		*at = '/';
	}
	(void)mkdir(path, 0700);
}

static void file(const char *name, const char *text)
{
	char path[SCRATCH_PATH];

	scratch_write_text(scratch_path(path, dir, name), text);
}

static void link_to(const char *target, const char *name)
{
	char path[SCRATCH_PATH];

	ok(symlink(target, scratch_path(path, dir, name)) == 0, "link %s", name);
}

/* A computer with a disk, and a stick of two partitions. */
static void make_computer(void)
{
	scratch_path(info, dir, "mountinfo");
	scratch_path(sys, dir, "sys");
	folder("sys/devices/usb3/3-1/sdb/sdb1");
	folder("sys/devices/usb3/3-1/sdb/sdb2");
	folder("sys/devices/usbip/sda/sda1");
	folder("sys/dev/block");
	folder("sys/class/block");
	file("sys/devices/usb3/3-1/sdb/removable", "1\n");
	file("sys/devices/usb3/3-1/sdb/dev", "8:16\n");
	file("sys/devices/usb3/3-1/sdb/sdb1/dev", "8:17\n");
	file("sys/devices/usb3/3-1/sdb/sdb1/partition", "1\n");
	file("sys/devices/usb3/3-1/sdb/sdb2/dev", "8:18\n");
	file("sys/devices/usb3/3-1/sdb/sdb2/partition", "2\n");
	file("sys/devices/usbip/sda/removable", "0\n");
	file("sys/devices/usbip/sda/dev", "8:0\n");
	link_to("../../devices/usb3/3-1/sdb/sdb1", "sys/dev/block/8:17");
	link_to("../../devices/usb3/3-1/sdb/sdb2", "sys/dev/block/8:18");
	link_to("../../devices/usbip/sda", "sys/dev/block/8:0");
	link_to("../../devices/usb3/3-1/sdb", "sys/class/block/sdb");
	link_to("../../devices/usb3/3-1/sdb/sdb1", "sys/class/block/sdb1");
	link_to("../../devices/usb3/3-1/sdb/sdb2", "sys/class/block/sdb2");
	link_to("../../devices/usbip/sda", "sys/class/block/sda");
}

static const char lines[] =
	"22 1 8:0 / / rw,relatime shared:1 - ext4 /dev/sda rw,errors=remount-ro\n"
	"nonsense\n"
	"23 22 0:5 / /proc rw - proc proc rw\n"
	"\n"
	"24 22 8:17 / /media/k/A\\040-\\040B rw,nosuid shared:2 master:3 - vfat /dev/sdb1 rw\n"
	"25 22 8:17 /x /media/k/bind rw - vfat /dev/sdb1 ro\n"
	"26 22 8:99 / /cut rw - vfat\n"
	"27 22 8:99 / /cut rw - vfat /dev/x\n"
	"28 22 0:44 / /media/k/bind ro,noroot - nfs server:/x rw";

static void check_mounts(void)
{
	const struct mount *mount;
	struct mounts mounts;

	file("mountinfo", lines);
	is_number(mounts_read(&host, &mounts), 0, "the mounts are read");
	is_number((long long)mounts.count, 5, "and lines of another form left out");
	mount = mounts_at(&mounts, "/media/k/A - B");
	ok(mount && !mount->read_only, "a mount with blanks in its name");
	is_string(mount ? mount->format : "", "vfat", "its format");
	is_string(mount ? mount->device : "", "8:17", "its device");
	is_string(mount ? mount->disk : "", "sdb", "its disk");
	mount = mounts_at(&mounts, "/media/k/bind");
	is_string(mount ? mount->format : "", "nfs", "of two at one place the later");
	ok(mount && mount->read_only && !mount->disk[0], "which is read-only, and on no disk");
	ok(mounts.list[3].read_only, "read-only by its file system");
	ok(!mounts.list[0].read_only, "remount-ro is not ro");
	ok(!mounts_at(&mounts, "/media/k"), "no mount is none");
	is_number(mounts_of_device(&host, &mounts, "/dev/sdb1", &mount), 0, "by its device");
	is_number(mounts_of_device(&host, &mounts, "/dev/sdb", &mount), 0, "by its disk");
	is_string(mount->place, "/media/k/A - B", "of which one volume is mounted");
	is_number(mounts_of_device(&host, &mounts, "/dev/sdb2", &mount), -ENOENT, "not mounted");
	is_number(mounts_of_device(&host, &mounts, "/dev/sdz", &mount), -ENODEV, "no device");
	is_number(mounts_of_device(&host, &mounts, "/dev/", &mount), -ENODEV, "no name");
	mounts_done(&mounts);
	file("mountinfo", "24 22 8:17 / /a rw - vfat /dev/sdb1 rw\n"
			  "25 22 8:18 / /b rw - vfat /dev/sdb2 rw\n");
	is_number(mounts_read(&host, &mounts), 0, "two volumes of a disk");
	is_number(mounts_of_device(&host, &mounts, "/dev/sdb", &mount), -ENOTUNIQ,
		  "are told apart");
	mounts_done(&mounts);
	host.mountinfo = "/nowhere";
	is_number(mounts_read(&host, &mounts), -ENOENT, "no mountinfo");
	host.mountinfo = info;
}

static void check_disks(void)
{
	struct mounts_disk disk = mounts_disk(&host, "sdb");
	struct mounts mounts;

	ok(disk.removable && disk.usb, "a stick");
	disk = mounts_disk(&host, "sda");
	ok(!disk.removable && !disk.usb, "a disk, on what is nearly called USB");
	disk = mounts_disk(&host, "");
	ok(!disk.removable && !disk.usb, "no disk");
	disk = mounts_disk(&host, "../block/sdb");
	ok(!disk.removable && !disk.usb, "no name of a disk");
	is_number(mounts_read(&mounts_this_host, &mounts), 0, "this computer's mounts");
	mounts_done(&mounts);
}

static void check_write(void)
{
	const struct stick_file readme = { "Read me.txt", "hello\n", 6, false };
	const struct stick_file script = { "a.command", "#!/bin/sh\n", 10, true };
	const struct stick_file other = { "Read me.txt", "hellO\n", 6, false };
	int top = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd;
	char path[SCRATCH_PATH], *text;
	struct stat st;
	size_t size;

	fd = stick_open_folder(top, "Enroll");
	ok(fd >= 0, "a folder is made");
	is_number(stick_write(fd, &readme), 0, "a file is written");
	is_number(stick_read_back(fd, &readme), 0, "and is there");
	is_number(stick_read_back(fd, &other), -EIO, "another is not");
	is_number(stick_write(fd, &other), 0, "it is replaced");
	is_number(stick_read_back(fd, &readme), -EIO, "by another");
	is_number(stick_write(fd, &script), 0, "a script");
	ok(fstatat(fd, "a.command", &st, 0) == 0 && (st.st_mode & 0111), "can be started");
	is_number(stick_read_back(fd, &(struct stick_file){ "b", "", 0, false }), -ENOENT,
		  "what is not there");
	ok(faccessat(fd, "Read me.txt.new", F_OK, 0) < 0, "nothing half written is left");
	is_number(stick_read(fd, "Read me.txt", 6, &text, &size), 0, "read within a limit");
	free(text);
	is_number(stick_read(fd, "Read me.txt", 5, &text, &size), -EFBIG, "and not past it");
	ok(symlinkat("/etc/passwd", fd, "link") == 0, "a link");
	is_number(stick_read(fd, "link", 65536, &text, &size), -EINVAL, "is not followed");
	ok(mkfifoat(fd, "fifo", 0600) == 0, "a FIFO");
	is_number(stick_read(fd, "fifo", 10, &text, &size), -EINVAL, "is not waited for");
	is_number(stick_read(fd, "..", 10, &text, &size), -EINVAL, "a folder is no file");
	close(fd);
	ok(symlink("/tmp", scratch_path(path, dir, "elsewhere")) == 0, "a link to a folder");
	is_number(stick_open_folder(top, "elsewhere"), -ENOTDIR, "is not followed either");
	close(top);
}

static void check_reports(void)
{
	static const char *const tops[] = { "", "Enroll", "Enroll/results" };
	struct report_folder reports;
	char path[SCRATCH_PATH];

	is_number(report_folder_open(dir, &reports), -ENOENT, "no reports");
	folder("Enroll/results");
	is_number(report_folder_open(dir, &reports), 0, "their folder");
	is_number((long long)reports.count, 0, "is empty");
	report_folder_close(&reports);
	file("Enroll/results/B.json", "");
	file("Enroll/results/A.json", "");
	file("Enroll/results/A.new", "");
	file("Enroll/results/._A.json", "");
	file("Enroll/results/.json", "");
	for (size_t i = 0; i < COUNT(tops); i++) {
		is_number(report_folder_open(scratch_path(path, dir, tops[i]), &reports), 0,
			  tops[i]);
		is_number((long long)reports.count, 2, "has two");
		is_string(reports.names[0], "A.json", "in order");
		report_folder_close(&reports);
	}
	is_number(report_folder_open(scratch_path(path, dir, "elsewhere"), &reports), -ENOTDIR,
		  "a link is not followed");
	for (unsigned i = 0; i < REPORT_FOLDER_MAX; i++) {
		char name[32];

		snprintf(name, sizeof name, "Enroll/results/%u.json", i);
		file(name, "");
	}
	is_number(report_folder_open(dir, &reports), -E2BIG, "more than one stick has");
}

int main(void)
{
	scratch_make(dir);
	make_computer();
	check_mounts();
	check_disks();
	check_write();
	check_reports();
	scratch_remove(dir);
	return tap_done();
}
