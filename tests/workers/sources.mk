# SPDX-License-Identifier: Apache-2.0
# Workers and muxes played by shell scripts, for the scenarios of the station.
dist_check_SCRIPTS += %D%/babbling.sh
dist_check_SCRIPTS += %D%/deaf.sh
dist_check_SCRIPTS += %D%/dying.sh
dist_check_SCRIPTS += %D%/early.sh
dist_check_SCRIPTS += %D%/first-waits.sh
dist_check_SCRIPTS += %D%/flooding.sh
dist_check_SCRIPTS += %D%/good.sh
dist_check_SCRIPTS += %D%/halfway.sh
dist_check_SCRIPTS += %D%/hasty.sh
dist_check_SCRIPTS += %D%/lying.sh
dist_check_SCRIPTS += %D%/mux-babbling.sh
dist_check_SCRIPTS += %D%/mux-double.sh
dist_check_SCRIPTS += %D%/mux-down.sh
dist_check_SCRIPTS += %D%/mux-dying.sh
dist_check_SCRIPTS += %D%/mux-eight.sh
dist_check_SCRIPTS += %D%/mux-flapping.sh
dist_check_SCRIPTS += %D%/mux-gone.sh
dist_check_SCRIPTS += %D%/mux-moved.sh
dist_check_SCRIPTS += %D%/mux-none.sh
dist_check_SCRIPTS += %D%/mux-odd.sh
dist_check_SCRIPTS += %D%/mux-one.sh
dist_check_SCRIPTS += %D%/mux-pulled.sh
dist_check_SCRIPTS += %D%/mux-reboot.sh
dist_check_SCRIPTS += %D%/mux-refusing.sh
dist_check_SCRIPTS += %D%/patient.sh
dist_check_SCRIPTS += %D%/refused.sh
dist_check_SCRIPTS += %D%/restarting.sh
dist_check_SCRIPTS += %D%/silent.sh
dist_check_SCRIPTS += %D%/stuck.sh
dist_check_SCRIPTS += %D%/unproven.sh
dist_check_SCRIPTS += %D%/waiting.sh

# What several of them share.
dist_noinst_DATA += %D%/mux.sh
dist_noinst_DATA += %D%/talk.sh
