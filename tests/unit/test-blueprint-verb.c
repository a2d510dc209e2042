/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of muster blueprint: what it prints where, its exit status, and its manual's keys. */
#include "config.h"

#include "station/faces/blueprint_verb.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/problems_text.h"
#include "tests/unit/scratch.h"
#include "tests/unit/tap.h"

/* Words after "blueprint" in one run. */
#define WORDS_MAX 4

struct run {
	int status;
	char *out, *err;
};

static void redirect(int fd, const char *file)
{
	int to = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (to < 0 || dup2(to, fd) < 0)
		_exit(99);
}

/* Runs the verb in a process of its own, its output to OUT. */
static struct run run_to(const char *out, const char *const words[WORDS_MAX])
{
	char *argv[WORDS_MAX + 2] = { (char *)"blueprint" };
	struct run run = { .status = -1 };
	int argc = 1, status;
	pid_t pid;

	for (; argc <= WORDS_MAX && words[argc - 1]; argc++)
		argv[argc] = (char *)words[argc - 1];
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		redirect(STDOUT_FILENO, out);
		redirect(STDERR_FILENO, "err");
		exit(blueprint_verb("state", argc, argv));
	}
	if (waitpid(pid, &status, 0) == pid && WIFEXITED(status))
		run.status = WEXITSTATUS(status);
	/* A device that takes nothing gives without end. */
	run.out = scratch_read(strcmp(out, "out") == 0 ? out : "/dev/null", NULL);
	run.err = scratch_read("err", NULL);
	return run;
}

#define RUN(...) run_to("out", (const char *const[WORDS_MAX]){ __VA_ARGS__ })

/* Wants STATUS, OUT and ERR of RUN, and ends it. */
static void check_run(struct run run, int status, const char *out, const char *err)
{
	is_number(run.status, status, "exit status");
	is_string(run.out, out, "standard output");
	is_string(run.err, err, "standard error");
	free(run.out);
	free(run.err);
}

/* The same, of which BEGINNING of the output is of interest. */
static void check_begins(struct run run, int status, const char *out, const char *err)
{
	is_number(run.status, status, "exit status");
	ok(strncmp(run.out, out, strlen(out)) == 0, "standard output begins: %.30s", out);
	ok(strncmp(run.err, err, strlen(err)) == 0, "standard error begins: %.30s", err);
	free(run.out);
	free(run.err);
}

static const char fine[] = "muster: 1\nname: Fine\nsteps:\n  - name: \"{serial}\"\n";
static const char wrong[] = "muster: 1\nname: Wrong\nsteps:\n  - verify\n  - install: none\n";

static void check_usage(void)
{
	check_begins(RUN(NULL), 2, "", "usage: muster blueprint check");
	check_begins(RUN("--help"), 0, "usage: muster blueprint check", "");
	check_begins(RUN("-h"), 0, "usage: muster blueprint check", "");
	check_begins(RUN("check", "-h"), 0, "usage: muster blueprint check", "");
	check_run(RUN("chekc", "fine"), 2, "",
		  "muster blueprint: unknown word \"chekc\"; did you mean \"check\"?\n");
	check_run(RUN("check"), 2, "", "muster blueprint check: which file?\n");
	check_run(RUN("show", "--json"), 2, "", "muster blueprint show: which file?\n");
	check_run(RUN("check", "--jsno", "fine"), 2, "",
		  "muster blueprint: unknown option --jsno; did you mean --json?\n");
	check_run(RUN("new"), 2, "",
		  "muster blueprint new: needs one FILE, or - for standard output\n");
	check_begins(RUN("new", "--help"), 0, "usage: muster blueprint check", "");
	check_begins(RUN("new", "-h"), 0, "usage: muster blueprint check", "");
	check_run(RUN("new", "--jsno"), 2, "",
		  "muster blueprint new: unknown option --jsno; see muster blueprint new --help\n");
	ok(access("--help", F_OK) < 0 && access("-h", F_OK) < 0, "no option is taken for a file");
	check_run(RUN("new", "a", "b"), 2, "",
		  "muster blueprint new: needs one FILE, or - for standard output\n");
}

static const char said[] =
	"wrong:4:5: \"verify\" comes last by itself; its limits stand beside \"steps\"\n"
	"wrong:5:14: none cannot be installed; the reason stands with that file\n"
	"none: cannot be opened: No such file or directory\n";

static void check_check(void)
{
	check_run(RUN("check", "fine"), 0, "fine: ok (3 steps, 0 profiles)\n", "");
	check_run(RUN("check", "wrong"), 3, "", said);
	check_run(RUN("check", "wrong", "fine"), 3, "fine: ok (3 steps, 0 profiles)\n", said);
	check_run(RUN("check", "nowhere"), 3, "",
		  "nowhere: cannot be opened: No such file or directory\n");
	check_begins(run_to("/dev/full", (const char *const[WORDS_MAX]){ "check", "fine" }), 4, "",
		     "muster blueprint: cannot write the output: No space left on device");
}

/* The document that RUN printed, which is one of ours. */
static json_t *read_document(struct run run, int status)
{
	json_t *document = json_loads(run.out, 0, NULL);
	const char *schema = json_string_value(json_object_get(document, "schema"));

	is_number(run.status, status, "exit status");
	is_string(run.err, "", "nothing on standard error");
	is_string(schema, "muster/1", "the schema");
	free(run.out);
	free(run.err);
	return document;
}

static void check_json(void)
{
	json_t *document = read_document(RUN("check", "--json", "wrong", "fine"), 3), *first,
	       *second;
	json_t *problem, *want;

	first = json_array_get(json_object_get(document, "blueprints"), 0);
	second = json_array_get(json_object_get(document, "blueprints"), 1);
	ok(json_is_false(json_object_get(first, "ok")), "the wrong one is not ok");
	is_number((long long)json_array_size(json_object_get(first, "problems")), 3, "for reasons");
	problem = json_array_get(json_object_get(first, "problems"), 0);
	want = json_pack("{s:s,s:i,s:i,s:s,s:s}", "file", "wrong", "line", 4, "column", 5, "level",
			 "error", "text",
			 "\"verify\" comes last by itself; its limits stand beside \"steps\"");
	ok(json_equal(problem, want), "a problem with its place");
	json_decref(want);
	problem = json_array_get(json_object_get(first, "problems"), 2);
	ok(json_is_null(json_object_get(problem, "line")), "a problem without a place");
	want = json_pack("{s:s,s:b,s:[]}", "file", "fine", "ok", 1, "problems");
	ok(json_equal(second, want), "the other is ok");
	json_decref(want);
	json_decref(document);
}

/* The path of an example; the caller's, free. */
static char *example(const char *name)
{
	const char *source = getenv("MUSTER_SOURCE");
	char *path;

	if (asprintf(&path, "%s/profiles/examples/%s", source ? source : ".", name) < 0)
		abort();
	return path;
}

static void check_show(void)
{
	char *demo = example("demo.yaml");
	struct run run = RUN("show", demo);
	json_t *document, *steps, *profile;

	is_number(run.status, 0, "the demo's blueprint is shown");
	ok(strstr(run.out, "for every product\n   1. pair with the station"),
	   "for whom, from the first");
	ok(strstr(run.out, "\n      identifier  org.example.muster.bench-wifi\n"),
	   "what is installed");
	ok(strstr(run.out, "\n   4. name the device Demo {serial}\n"), "how it is named");
	ok(strstr(run.out, "\n      limits      20s to work, 30s for a person, 3 attempts\n"),
	   "with which limits");
	free(run.out);
	free(run.err);
	document = read_document(RUN("show", "--json", demo), 0);
	steps = json_object_get(json_array_get(json_object_get(document, "blueprints"), 0),
				"steps");
	is_number((long long)json_array_size(steps), 5, "its steps in JSON");
	profile = json_object_get(json_array_get(steps, 2), "profile");
	is_string(json_string_value(json_object_get(profile, "identifier")),
		  "org.example.muster.welcome", "with its profile");
	is_string(json_string_value(json_object_get(profile, "container")), "xml", "its container");
	is_string(json_string_value(json_object_get(json_array_get(steps, 3), "name")),
		  "Demo {serial}", "with its name");
	ok(json_number_value(json_object_get(json_array_get(steps, 3), "deadline")) == 10,
	   "times in seconds");
	json_decref(document);
	check_run(RUN("show", "wrong"), 3, "", said);
	free(demo);
}

static void check_new(void)
{
	struct run run = RUN("new", "-");
	char *written;

	check_run(RUN("new", "made.yaml"), 0, "", "");
	written = scratch_read("made.yaml", NULL);
	is_string(written, run.out, "a file is what standard output is");
	free(written);
	free(run.out);
	free(run.err);
	check_run(RUN("check", "made.yaml"), 0, "made.yaml: ok (3 steps, 0 profiles)\n", "");
	scratch_write_text("made.yaml", "mine");
	check_run(RUN("new", "made.yaml"), 3, "",
		  "muster blueprint new: made.yaml: is there already, and is not overwritten\n");
	written = scratch_read("made.yaml", NULL);
	is_string(written, "mine", "what is there stays");
	free(written);
	check_run(RUN("new", "nowhere/made.yaml"), 4, "",
		  "muster blueprint new: nowhere/made.yaml: No such file or directory\n");
}

/* Every step of the template works once its comment sign is gone. */
static void check_new_whole(void)
{
	struct run run = RUN("new", "-");
	char *at, *demo;

	for (at = run.out; (at = strstr(at, "#for:")) || (at = strstr(run.out, "  #- "));
	     at = run.out)
		memmove(strchr(at, '#'), strchr(at, '#') + 1, strlen(strchr(at, '#')));
	scratch_write_text("whole.yaml", run.out);
	free(run.out);
	free(run.err);
	demo = example("welcome.mobileconfig");
	ok(symlink(demo, "wifi.mobileconfig") == 0, "a profile for the template");
	free(demo);
	demo = example("bench-wifi.mobileconfig");
	ok(symlink(demo, "enrollment.mobileconfig") == 0, "and another");
	free(demo);
	check_run(RUN("check", "whole.yaml"), 0, "whole.yaml: ok (5 steps, 2 profiles)\n", "");
}

/* Looks for each of the words in KNOWN, up to a line's end, among the items of MANUAL. */
static int check_words(const char *known, const char *manual)
{
	int count = 0;

	while (*known != '\n' && *known != '\0') {
		size_t len = strcspn(known, ",\n");
		char item[80];

		/* Each stands as an item, or among those of one item. */
		snprintf(item, sizeof item, "Ic %.*s", (int)len, known);
		ok(strstr(manual, item), "the manual has %s", item + 3);
		known += len;
		known += strspn(known, ", ");
		count++;
	}
	return count;
}

/* The words that the code knows, by what it says about an unknown one at each place. */
static void check_manual(void)
{
	static const char unknown[] =
		"zzzzzzzzzzz: 1\nfor: { zzzzzzzzzzz: 1 }\n"
		"pair: { zzzzzzzzzzz: 1 }\nverify: { zzzzzzzzzzz: 1 }\nsteps:\n"
		"  - zzzzzzzzzzz\n"
		"  - install: { zzzzzzzzzzz: 1 }\n"
		"  - name: { zzzzzzzzzzz: 1 }\n";
	char *path = example("../../doc/muster-blueprint.5"), *manual = scratch_read(path, NULL);
	struct run run;
	int count = 0;

	scratch_write_text("unknown.yaml", unknown);
	run = RUN("check", "unknown.yaml");
	ok(manual, "there is a manual");
	for (char *at = run.err; manual && (at = strstr(at, "known here: ")); at++)
		count += check_words(at + strlen("known here: "), manual);
	is_number(count, 27, "all places were asked");
	free(run.out);
	free(run.err);
	free(manual);
	free(path);
}

int main(void)
{
	folder_enter();
	scratch_write_text("fine", fine);
	scratch_write_text("wrong", wrong);
	check_usage();
	check_check();
	check_json();
	check_show();
	check_new();
	check_new_whole();
	check_manual();
	folder_leave();
	return tap_done();
}
