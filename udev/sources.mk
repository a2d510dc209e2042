# SPDX-License-Identifier: Apache-2.0
# The udev source of arrivals is not in this version; see udev/README.
dist_noinst_DATA += %D%/README
