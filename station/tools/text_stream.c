/* SPDX-License-Identifier: Apache-2.0 */
/* A text that is written piece by piece into memory: the end of an open_memstream. */
#include "station/tools/text_stream.h"

#include <stdbool.h>
#include <stdlib.h>

char *text_stream_end(FILE *out, char **text)
{
	bool fine = out && !ferror(out);

	if (out && fclose(out) != 0)
		fine = false;
	if (fine)
		return *text;
	if (out)
		free(*text);
	return NULL;
}
