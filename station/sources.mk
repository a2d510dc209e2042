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
libstation_a_SOURCES += %D%/blueprint_json.c %D%/blueprint_json.h
libstation_a_SOURCES += %D%/blueprint_new.c %D%/blueprint_new.h
libstation_a_SOURCES += %D%/blueprint_show.c %D%/blueprint_show.h
libstation_a_SOURCES += %D%/blueprint_verb.c %D%/blueprint_verb.h
libstation_a_SOURCES += %D%/csv.c %D%/csv.h
libstation_a_SOURCES += %D%/ledger.c %D%/ledger.h
libstation_a_SOURCES += %D%/ledger_file.c %D%/ledger_store.h
libstation_a_SOURCES += %D%/ledger_past.c
libstation_a_SOURCES += %D%/ledger_schema.c
libstation_a_SOURCES += %D%/ledger_statement.c
libstation_a_SOURCES += %D%/ledger_write.c
libstation_a_SOURCES += %D%/result.c %D%/result.h
libstation_a_SOURCES += %D%/result_json.c %D%/result_json.h
libstation_a_SOURCES += %D%/results_verb.c %D%/results_verb.h
libstation_a_SOURCES += %D%/state.c %D%/state.h
libstation_a_SOURCES += %D%/table.c %D%/table.h
libstation_a_SOURCES += %D%/devices_verb.c %D%/devices_verb.h
# state.c asks whether the program is installed.
AM_CPPFLAGS += -DMUSTER_BINDIR='"$(bindir)"'
