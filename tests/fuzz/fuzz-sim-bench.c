/* SPDX-License-Identifier: Apache-2.0 */
/* A bench file of muster-sim. */
#include <stdio.h>

#include "tests/fuzz/entry.h"
#include "tests/sim/bench.h"
#include "tests/sim/benchfile.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct phone_setup setup;
	struct bench *bench;
	sd_event *event = NULL;
	char *said = NULL;
	size_t len = 0;
	FILE *problems = open_memstream(&said, &len);
	int r;

	must(problems && sd_event_new(&event) >= 0 && bench_new(event, 1, &bench) >= 0);
	setup_default(&setup);
	r = benchfile_load(entry_file(bytes, size), bench, &setup, problems);
	fclose(problems);
	must((r == 0) == (len == 0));
	free(said);
	bench_free(bench);
	sd_event_unref(event);
	return 0;
}
