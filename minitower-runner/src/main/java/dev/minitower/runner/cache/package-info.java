/**
 * What is expensive to get and may be used again: Python environments, downloaded artifacts and the
 * installers' own files. An entry is found by a SHA-256 of all that decides its content; it is
 * there as a whole or not at all, whenever a program that makes it dies; it is only read while it
 * is used, and not removed. Nothing here can make a run fail: what can't be used is made anew,
 * outside the cache if need be. Several programs may use one cache at a time.
 */
@NullMarked
@CheckReturnValue
package dev.minitower.runner.cache;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
