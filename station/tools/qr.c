/* SPDX-License-Identifier: Apache-2.0 */
/* QR codes, for a terminal and for a page. */
#include "station/tools/qr.h"

#include <qrencode.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "station/tools/text_stream.h"

/* The light border that scanners need, in modules. */
#define BORDER 4

static QRcode *encode(const char *text)
{
	return QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
}

/* Is the module dark? What is outside of the code is its border. */
static bool is_dark(const QRcode *code, int row, int column)
{
	if (row < 0 || column < 0 || row >= code->width || column >= code->width)
		return false;
	return code->data[row * code->width + column] & 1;
}

static void write_blocks(const QRcode *code, FILE *out)
{
	/* A terminal's ground is most often dark: what is light in the code is drawn. */
	static const char *const halves[2][2] = { { "█", "▀" }, { "▄", " " } };

	for (int row = -BORDER; row < code->width + BORDER; row += 2) {
		for (int column = -BORDER; column < code->width + BORDER; column++)
			fputs(halves[is_dark(code, row, column)][is_dark(code, row + 1, column)],
			      out);
		fputc('\n', out);
	}
}

char *qr_to_blocks(const char *text)
{
	QRcode *code = encode(text);
	char *blocks = NULL;
	size_t size;
	FILE *out = code ? open_memstream(&blocks, &size) : NULL;

	if (out)
		write_blocks(code, out);
	QRcode_free(code);
	return text_stream_end(out, &blocks);
}

static void write_svg(const QRcode *code, const char *label, FILE *out)
{
	int side = code->width + 2 * BORDER;

	fprintf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"%s\" "
		"viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" shape-rendering=\"crispEdges\">"
		"<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"",
		label, side, side, 6 * side, 6 * side, side, side);
	for (int row = 0; row < code->width; row++)
		for (int column = 0; column < code->width; column++)
			if (is_dark(code, row, column))
				fprintf(out, "M%d %dh1v1h-1z", column + BORDER, row + BORDER);
	fputs("\"/></svg>", out);
}

char *qr_to_svg(const char *text, const char *label)
{
	QRcode *code = encode(text);
	char *svg = NULL;
	size_t size;
	FILE *out = code ? open_memstream(&svg, &size) : NULL;

	if (out)
		write_svg(code, label, out);
	QRcode_free(code);
	return text_stream_end(out, &svg);
}
