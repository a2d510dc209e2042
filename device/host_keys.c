/* SPDX-License-Identifier: Apache-2.0 */
/* A set of host keys: the two RSA keys that one pairing needs on this side. */
#include "device/host_keys.h"

#include <errno.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "device/facts/whole.h"

/* Two keys of HOST_KEY_BITS take 3.4 KB of PEM. */
#define KEYS_FILE_MAX 8192

int host_keys_make(struct host_keys *ret_keys)
{
	struct host_keys keys = { EVP_RSA_gen(HOST_KEY_BITS), EVP_RSA_gen(HOST_KEY_BITS),
				  time(NULL) };

	if (!keys.root || !keys.host) {
		host_keys_free(&keys);
		return -EIO;
	}
	*ret_keys = keys;
	return 0;
}

static bool is_fit(const EVP_PKEY *key)
{
	return key && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA &&
	       EVP_PKEY_get_bits(key) == HOST_KEY_BITS;
}

/* Refuses to ask anybody for a passphrase. */
static int no_passphrase(char *buf, int size, int writing, void *unused)
{
	(void)buf, (void)size, (void)writing, (void)unused;
	return -1;
}

static int parse_keys(const char *pem, int len, struct host_keys *ret_keys)
{
	BIO *bio = BIO_new_mem_buf(pem, len);
	struct host_keys keys = { 0 };

	if (!bio)
		return -ENOMEM;
	keys.root = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
	keys.host = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
	BIO_free(bio);
	if (!is_fit(keys.root) || !is_fit(keys.host)) {
		host_keys_free(&keys);
		return -EINVAL;
	}
	*ret_keys = keys;
	return 0;
}

int host_keys_read(int fd, struct host_keys *ret_keys)
{
	char pem[KEYS_FILE_MAX];
	struct host_keys keys;
	struct stat file;
	size_t used = 0;
	ssize_t n;
	int r;

	if (fstat(fd, &file) < 0)
		return -errno;
	do {
		n = pread(fd, pem + used, sizeof pem - used, (off_t)used);
		if (n > 0)
			used += (size_t)n;
	} while ((n > 0 && used < sizeof pem) || (n < 0 && errno == EINTR));
	r = n < 0 ? -errno : used == sizeof pem ? -EINVAL : parse_keys(pem, (int)used, &keys);
	OPENSSL_cleanse(pem, sizeof pem);
	if (r < 0)
		return r;
	*ret_keys = keys;
	ret_keys->made = file.st_mtime;
	return 0;
}

static int write_key(int fd, EVP_PKEY *key)
{
	char *pem = host_key_to_pem(key);
	int r = pem ? whole_write(fd, pem, strlen(pem)) : -ENOMEM;

	host_keys_free_pem(pem);
	return r;
}

int host_keys_write(int fd, const struct host_keys *keys)
{
	int r = write_key(fd, keys->root);

	return r < 0 ? r : write_key(fd, keys->host);
}

char *host_key_to_pem(EVP_PKEY *key)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *text = NULL, *pem = NULL;
	long len;

	if (bio && PEM_write_bio_PrivateKey_traditional(bio, key, NULL, NULL, 0, NULL, NULL) == 1) {
		len = BIO_get_mem_data(bio, &text);
		pem = strndup(text, (size_t)len);
	}
	BIO_free(bio);
	return pem;
}

void host_keys_free_pem(char *pem)
{
	if (pem)
		OPENSSL_cleanse(pem, strlen(pem));
	free(pem);
}

void host_keys_free(struct host_keys *keys)
{
	EVP_PKEY_free(keys->root);
	EVP_PKEY_free(keys->host);
	*keys = (struct host_keys){ 0 };
}
