# SPDX-License-Identifier: Apache-2.0
noinst_LIBRARIES += libstation.a
libstation_a_SOURCES =
libstation_a_SOURCES += %D%/call.c %D%/call.h
libstation_a_SOURCES += %D%/exit_status.h
libstation_a_SOURCES += %D%/fault_json.c %D%/fault_json.h
libstation_a_SOURCES += %D%/http.c %D%/http.h
libstation_a_SOURCES += %D%/option.c %D%/option.h
libstation_a_SOURCES += %D%/unix_socket.c %D%/unix_socket.h
libstation_a_SOURCES += %D%/blueprint_json.c %D%/blueprint_json.h
libstation_a_SOURCES += %D%/blueprint_new.c %D%/blueprint_new.h
libstation_a_SOURCES += %D%/blueprint_show.c %D%/blueprint_show.h
libstation_a_SOURCES += %D%/blueprint_verb.c %D%/blueprint_verb.h
