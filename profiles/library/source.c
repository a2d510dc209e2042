/* SPDX-License-Identifier: Apache-2.0 */
/* Where enrollment profiles come from: the operator's sources.yaml (muster-sources(5)). */
#include "profiles/library/source.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/facts/nearest.h"
#include "device/facts/number.h"
#include "profiles/files/operator_file.h"
#include "profiles/files/yaml_file.h"
#include "profiles/values/moment.h"

/* The keys of a source, in the order of muster-sources(5). */
#define KEY_TABLE(X)                                                                            \
	X(NAME, "name", "the source's name", false, false)                                      \
	X(KIND, "kind", "a kind such as intune or url", false, false)                           \
	X(CA, "ca", "the file of a certificate authority", false, false)                        \
	X(PROXY, "proxy", "a proxy's URL", false, false)                                        \
	X(URL, "url", "a URL that begins with https://", false, true)                           \
	X(HEADER, "header", "a file with a line \"Name: value\"", false, true)                  \
	X(VALID, "valid", "\"14 days\", \"until 2026-12-31\" or \"unlimited\"", false, true)    \
	X(TENANT, "tenant", "the tenant's id or domain", true, false)                           \
	X(CLIENT, "client", "the application's (client) id", true, false)                       \
	X(PROFILE, "profile", "the name of a profile in Intune", true, false)                   \
	X(SECRET, "secret", "the file of a client secret", true, false)                         \
	X(CERTIFICATE, "certificate", "a PEM file with a key and its certificate", true, false) \
	X(CLOUD, "cloud", "the name of a cloud", true, false)                                   \
	X(CREATE, "create", "true or false", true, false)                                       \
	X(GRAPH, "graph", "a URL that begins with https://", true, false)                       \
	X(SIGN_IN, "sign-in", "a URL that begins with https://", true, false)
enum key {
#define KEY_ENUM(id, word, want, graph, get) KEY_##id,
	KEY_TABLE(KEY_ENUM)
#undef KEY_ENUM
	KEYS
};

static const struct {
	const char *word, *want;
	bool graph, get; /* only for kinds that are asked by Graph, by one GET */
} key_table[KEYS] = {
#define KEY_ROW(id, word, want, graph, get) { word, want, graph, get },
	KEY_TABLE(KEY_ROW)
#undef KEY_ROW
};

/* A file while it is read. */
struct reading {
	struct sources *sources;
	const char *const *clouds;
	bool no_memory;
	/* The source under way: what its keys have, the document's own. */
	const yaml_node_t *node[KEYS];
	const char *text[KEYS];
};

static void take(struct yaml_file *yaml, const yaml_node_t *node, struct reading *reading,
		 enum key key)
{
	reading->node[key] = node;
	reading->text[key] = yaml_file_text(yaml, node, key_table[key].want);
}

#define KEY_READ(id, word, want, graph, get)                                         \
	static void take_##id(struct yaml_file *yaml, yaml_node_t *node, void *into) \
	{                                                                            \
		take(yaml, node, into, KEY_##id);                                    \
	}
KEY_TABLE(KEY_READ)
#undef KEY_READ

/* A copy of what KEY has, NULL for nothing. */
static char *copy(struct reading *reading, enum key key)
{
	char *text = reading->text[key] ? strdup(reading->text[key]) : NULL;

	reading->no_memory |= reading->text[key] && !text;
	return text;
}

/* The path that KEY names, as from the working directory. */
static char *copy_path(struct reading *reading, enum key key)
{
	char *path = reading->text[key]
			     ? operator_file_beside(reading->sources->file, reading->text[key])
			     : NULL;

	reading->no_memory |= reading->text[key] && !path;
	return path;
}

/* Whether all characters of TEXT are letters, digits or in OTHERS. */
static bool consists_of(const char *text, const char *others)
{
	for (; *text; text++)
		if (!isalnum((unsigned char)*text) && !strchr(others, *text))
			return false;
	return true;
}

static void judge_name(struct yaml_file *yaml, struct reading *reading)
{
	const char *name = reading->text[KEY_NAME];

	if (!name)
		return;
	if (strlen(name) > SOURCE_NAME_MAX || !consists_of(name, "._-") ||
	    !isalnum((unsigned char)name[0]))
		yaml_file_problem(yaml, reading->node[KEY_NAME],
				  "is no name for a source: letters, digits and ._- after the "
				  "first, at most %d of them",
				  SOURCE_NAME_MAX);
	else if (sources_find(reading->sources, name))
		yaml_file_problem(yaml, reading->node[KEY_NAME],
				  "is the name of another source above");
}

/* URLs carry secrets: never in clear. */
static void judge_url(struct yaml_file *yaml, struct reading *reading, enum key key)
{
	const char *url = reading->text[key];

	if (url && (strncmp(url, "https://", 8) != 0 || url[8] == '\0' || strchr(url, ' ')))
		yaml_file_problem(yaml, reading->node[key], "needs %s", key_table[key].want);
}

static void judge_ids(struct yaml_file *yaml, struct reading *reading)
{
	static const enum key keys[] = { KEY_TENANT, KEY_CLIENT };

	for (size_t i = 0; i < 2; i++)
		if (reading->text[keys[i]] && !consists_of(reading->text[keys[i]], ".-"))
			yaml_file_problem(yaml, reading->node[keys[i]], "needs %s",
					  key_table[keys[i]].want);
}

static void judge_cloud(struct yaml_file *yaml, struct reading *reading)
{
	const char *word = reading->text[KEY_CLOUD], *nearest;
	size_t count = 0;

	for (; word && reading->clouds[count]; count++)
		if (strcmp(reading->clouds[count], word) == 0)
			return;
	if (!word)
		return;
	nearest = nearest_word(word, reading->clouds, count);
	yaml_file_problem(yaml, reading->node[KEY_CLOUD],
			  "\"%.40s\" is no cloud that is known; did you mean \"%s\"?", word,
			  nearest ? nearest : reading->clouds[0]);
}

/* "2026-12-31": the last second of that day in UTC, as the makers of invitations count. */
static int parse_day(const char *text, int64_t *ret_end)
{
	char begin[sizeof "2026-12-31Z"];
	int64_t first;

	if (snprintf(begin, sizeof begin, "%sZ", text) != sizeof begin - 1 ||
	    moment_parse(begin, &first) < 0)
		return -EINVAL;
	*ret_end = first + EXPIRY_DAY - 1;
	return 0;
}

static int parse_validity(const char *text, struct source_validity *ret_validity)
{
	char number[NUMBER_TEXT_MAX];
	const char *blank = strchr(text, ' ');
	uint64_t days;

	if (strcmp(text, "unlimited") == 0) {
		*ret_validity = (struct source_validity){ .rule = SOURCE_UNLIMITED };
		return 0;
	}
	if (strncmp(text, "until ", 6) == 0) {
		ret_validity->rule = SOURCE_UNTIL;
		return parse_day(text + 6, &ret_validity->until);
	}
	if (!blank || (size_t)(blank - text) >= sizeof number ||
	    (strcmp(blank, " days") != 0 && strcmp(blank, " day") != 0))
		return -EINVAL;
	memcpy(number, text, (size_t)(blank - text));
	number[blank - text] = '\0';
	if (number_parse(number, 1, SOURCE_DAYS_MAX, &days) < 0)
		return -EINVAL;
	*ret_validity = (struct source_validity){ .rule = SOURCE_DAYS, .days = (unsigned)days };
	return 0;
}

static void read_validity(struct yaml_file *yaml, struct reading *reading, struct source *source)
{
	const char *text = reading->text[KEY_VALID];

	source->validity = source->kind->validity;
	if (text && parse_validity(text, &source->validity) < 0)
		yaml_file_problem(yaml, reading->node[KEY_VALID], "needs %s",
				  key_table[KEY_VALID].want);
}

static void read_create(struct yaml_file *yaml, struct reading *reading, struct source *source)
{
	const char *text = reading->text[KEY_CREATE];

	source->create = text && strcmp(text, "true") == 0;
	if (text && !source->create && strcmp(text, "false") != 0)
		yaml_file_problem(yaml, reading->node[KEY_CREATE], "needs true or false");
}

static void read_sign_in(struct yaml_file *yaml, struct reading *reading, struct source *source)
{
	enum key key = reading->text[KEY_SECRET] ? KEY_SECRET : KEY_CERTIFICATE;

	if (reading->text[KEY_SECRET] && reading->text[KEY_CERTIFICATE])
		yaml_file_problem(yaml, reading->node[KEY_CERTIFICATE],
				  "is one way to sign in too many: \"secret\" is there already");
	source->sign_in = !reading->text[key] ? SOURCE_DEVICE_CODE
			  : key == KEY_SECRET ? SOURCE_SECRET
					      : SOURCE_CERTIFICATE;
	source->credential = copy_path(reading, key);
}

static const struct source_kind *find_kind(struct yaml_file *yaml, struct reading *reading)
{
	const char *words[SOURCE_KINDS], *nearest, *word = reading->text[KEY_KIND];

	for (size_t i = 0; word && i < SOURCE_KINDS; i++) {
		if (strcmp(source_kinds[i].word, word) == 0)
			return &source_kinds[i];
		words[i] = source_kinds[i].word;
	}
	if (!word)
		return NULL;
	nearest = nearest_word(word, words, SOURCE_KINDS);
	if (nearest)
		yaml_file_problem(yaml, reading->node[KEY_KIND],
				  "\"%.40s\" is no kind of source; did you mean \"%s\"?", word,
				  nearest);
	else
		yaml_file_problem(yaml, reading->node[KEY_KIND],
				  "\"%.40s\" is no kind of source; \"url\" is any server that "
				  "gives the file",
				  word);
	return NULL;
}

/* Which keys must be there with a kind, and which must not. */
static void judge_keys(struct yaml_file *yaml, struct reading *reading, const yaml_node_t *node,
		       const struct source_kind *kind)
{
	const bool needed[KEYS] = {
		[KEY_URL] = !kind->graph,    [KEY_VALID] = kind->asks_validity,
		[KEY_TENANT] = kind->graph,  [KEY_CLIENT] = kind->graph,
		[KEY_PROFILE] = kind->graph,
	};

	for (size_t i = 0; i < KEYS; i++) {
		if (needed[i] && !reading->node[i])
			yaml_file_problem(yaml, node, "lacks \"%s\", which kind \"%s\" needs%s%s",
					  key_table[i].word, kind->word, i == KEY_URL ? ": " : "",
					  i == KEY_URL ? kind->remark : "");
		if (reading->node[i] && (kind->graph ? key_table[i].get : key_table[i].graph))
			yaml_file_problem(yaml, reading->node[i], "\"%s\" is not for kind \"%s\"",
					  key_table[i].word, kind->word);
	}
}

static void fill(struct yaml_file *yaml, struct reading *reading, const yaml_node_t *node,
		 struct source *source)
{
	judge_name(yaml, reading);
	judge_url(yaml, reading, KEY_URL);
	judge_url(yaml, reading, KEY_GRAPH);
	judge_url(yaml, reading, KEY_SIGN_IN);
	judge_ids(yaml, reading);
	judge_cloud(yaml, reading);
	source->kind = find_kind(yaml, reading);
	if (!source->kind)
		return;
	judge_keys(yaml, reading, node, source->kind);
	read_validity(yaml, reading, source);
	read_create(yaml, reading, source);
	read_sign_in(yaml, reading, source);
	source->line = (unsigned)node->start_mark.line + 1;
	source->ca = copy_path(reading, KEY_CA);
	source->proxy = copy(reading, KEY_PROXY);
	source->url = copy(reading, KEY_URL);
	source->header = copy_path(reading, KEY_HEADER);
	source->tenant = copy(reading, KEY_TENANT);
	source->client = copy(reading, KEY_CLIENT);
	source->profile = copy(reading, KEY_PROFILE);
	source->cloud = copy(reading, KEY_CLOUD);
	source->graph_url = copy(reading, KEY_GRAPH);
	source->sign_in_url = copy(reading, KEY_SIGN_IN);
}

static void source_done(struct source *source)
{
	char *const parts[] = { source->name,	source->ca,	   source->proxy,
				source->url,	source->header,	   source->tenant,
				source->client, source->profile,   source->credential,
				source->cloud,	source->graph_url, source->sign_in_url };

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		free(parts[i]);
	*source = (struct source){ .name = NULL };
}

static void read_source(struct yaml_file *yaml, yaml_node_t *node, struct reading *reading)
{
	static const struct yaml_key list[] = {
#define KEY_LIST(id, key_word, want, graph, get) \
	{ .word = key_word,                      \
	  .read = take_##id,                     \
	  .required = KEY_##id == KEY_NAME || KEY_##id == KEY_KIND },
		KEY_TABLE(KEY_LIST)
#undef KEY_LIST
	};
	static const struct yaml_keys keys = YAML_KEYS(list);
	struct source *source = &reading->sources->list[reading->sources->count];

	memset(reading->node, 0, sizeof reading->node);
	memset(reading->text, 0, sizeof reading->text);
	yaml_file_read_map(yaml, node, "the keys of a source", &keys, reading);
	fill(yaml, reading, node, source);
	source->name = copy(reading, KEY_NAME);
	/* One without a name cannot be asked for, and is a problem already. */
	if (source->name)
		reading->sources->count++;
	else
		source_done(source);
}

static void read_list(struct yaml_file *yaml, yaml_node_t *node, void *into)
{
	struct reading *reading = into;

	if (node->type != YAML_SEQUENCE_NODE) {
		yaml_file_problem(yaml, node, "needs a list of sources here");
		return;
	}
	for (yaml_node_item_t *item = node->data.sequence.items.start;
	     item < node->data.sequence.items.top; item++) {
		yaml_node_t *one = yaml_document_get_node(&yaml->document, *item);

		if (reading->sources->count == SOURCES_MAX) {
			yaml_file_problem(yaml, one, "is one source too many: at most %d are taken",
					  SOURCES_MAX);
			return;
		}
		read_source(yaml, one, reading);
	}
}

static int read_all(struct reading *reading, const unsigned char *bytes, size_t size,
		    struct problems *problems)
{
	static const struct yaml_key list[] = {
		{ .word = "muster", .read = yaml_file_read_version, .required = true },
		{ .word = "sources", .read = read_list, .required = true },
	};
	static const struct yaml_keys keys = YAML_KEYS(list);
	size_t found = problems->found;
	struct yaml_file yaml;
	int r = yaml_file_parse(&yaml, reading->sources->file, bytes, size, problems);

	if (r < 0)
		return r;
	yaml_file_read_map(&yaml, yaml_document_get_root_node(&yaml.document),
			   "the keys of a file of sources", &keys, reading);
	yaml_file_done(&yaml);
	if (reading->no_memory)
		return -ENOMEM;
	return problems->found > found ? -EINVAL : 0;
}

int sources_load(const char *file, const char *const *clouds, struct problems *problems,
		 struct sources **ret_sources)
{
	struct reading reading = { .clouds = clouds };
	unsigned char *bytes;
	size_t size;
	int r = operator_file_read(file, SOURCES_SIZE_MAX, problems, &bytes, &size);

	if (r < 0)
		return r;
	r = -ENOMEM;
	reading.sources = calloc(1, sizeof *reading.sources);
	if (reading.sources) {
		reading.sources->file = strdup(file);
		reading.sources->list = calloc(SOURCES_MAX, sizeof *reading.sources->list);
		if (reading.sources->file && reading.sources->list)
			r = read_all(&reading, bytes, size, problems);
	}
	free(bytes);
	if (r < 0)
		sources_free(reading.sources);
	else
		*ret_sources = reading.sources;
	return r;
}

void sources_free(struct sources *sources)
{
	if (!sources)
		return;
	for (size_t i = 0; sources->list && i < sources->count; i++)
		source_done(&sources->list[i]);
	free(sources->list);
	free(sources->file);
	free(sources);
}

const struct source *sources_find(const struct sources *sources, const char *name)
{
	for (size_t i = 0; i < sources->count; i++)
		if (strcmp(sources->list[i].name, name) == 0)
			return &sources->list[i];
	return NULL;
}

int64_t source_lasts(const struct source_validity *validity, int64_t downloaded)
{
	switch (validity->rule) {
	case SOURCE_DAYS:
		return validity->days * EXPIRY_DAY;
	case SOURCE_UNTIL:
		return validity->until > downloaded ? validity->until - downloaded : 0;
	case SOURCE_UNLIMITED:
		break;
	}
	return EXPIRY_NEVER;
}
