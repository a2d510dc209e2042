# SPDX-License-Identifier: Apache-2.0
noinst_LIBRARIES += libstation.a
libstation_a_SOURCES =
libstation_a_SOURCES += %D%/board.c %D%/board.h
libstation_a_SOURCES += %D%/board_json.c %D%/board_json.h
libstation_a_SOURCES += %D%/call.c %D%/call.h
libstation_a_SOURCES += %D%/clock.c %D%/clock.h
libstation_a_SOURCES += %D%/event.c %D%/event.h
libstation_a_SOURCES += %D%/event_json.c %D%/event_json.h
libstation_a_SOURCES += %D%/exit_status.h
libstation_a_SOURCES += %D%/fault_json.c %D%/fault_json.h
libstation_a_SOURCES += %D%/http.c %D%/http.h
libstation_a_SOURCES += %D%/json_text.c %D%/json_text.h
libstation_a_SOURCES += %D%/option.c %D%/option.h
libstation_a_SOURCES += %D%/unix_socket.c %D%/unix_socket.h
