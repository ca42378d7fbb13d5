/*
 * A disk whose sync fails, for one process: preloaded, it makes fsync and fdatasync fail with EIO while the file named by
 * MICROLIFT_FAULT_FLAG exists, for files below a folder whose path contains MICROLIFT_FAULT_FOLDER.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(int fd) {
    const char *flag = getenv("MICROLIFT_FAULT_FLAG");
    const char *folder = getenv("MICROLIFT_FAULT_FOLDER");
    char link[64];
    char path[4096];
    ssize_t length;
    if (flag == NULL || folder == NULL || access(flag, F_OK) != 0) {
        return 0;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = '\0';
    return strstr(path, folder) != NULL;
}

static int pass_on(const char *name, int fd) {
    int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, name);
    if (fails(fd)) {
        errno = EIO;
        return -1;
    }
    return real(fd);
}

int fsync(int fd) { return pass_on("fsync", fd); }

int fdatasync(int fd) { return pass_on("fdatasync", fd); }
