# SPDX-License-Identifier: Apache-2.0
dist_doc_DATA += %D%/gate.md
dist_man_MANS += %D%/muster-mux.8
dist_doc_DATA += %D%/protocol.md
dist_doc_DATA += %D%/ledger.md
dist_man_MANS += %D%/muster-results.1
dist_man_MANS += %D%/muster-sim.1
