# SPDX-License-Identifier: Apache-2.0
dist_doc_DATA += %D%/gate.md
dist_man_MANS += %D%/muster-mux.8
dist_doc_DATA += %D%/protocol.md
dist_man_MANS += %D%/muster.1
