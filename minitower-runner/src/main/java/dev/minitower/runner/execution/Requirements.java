package dev.minitower.runner.execution;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a requirements file as far as it takes to know what it depends on. What is not understood
 * is {@link Reach#UNKNOWN}, which is always right and only slow.
 */
final class Requirements {
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");
  private static final Pattern HASH = Pattern.compile("\\s--hash[= ]\\S+");

  /** Longer ones are not looked at, so that no project can keep the runner busy with its own. */
  private static final int MAX_CHARACTERS = 2_000;

  private static final int MAX_BYTES = 1_000_000;

  /** A name with extras, versions and markers (PEP 508). */
  private static final Pattern PACKAGE =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9._-]*\\s*(\\[[A-Za-z0-9._, -]*])?\\s*"
              + "(\\(?[~=!<>]=?=?[A-Za-z0-9._*+!~=<>, -]*\\)?)?\\s*(;[ -~\\t]*)?");

  private static final Pattern ARCHIVE =
      Pattern.compile("(?i).*\\.(whl|zip|tgz|tbz|txz|tlz|tar|tar\\.[a-z0-9]+)");

  /** With or without a name before. */
  private static final Pattern REMOTE =
      Pattern.compile(
          "([A-Za-z0-9][A-Za-z0-9._-]*\\s*(\\[[A-Za-z0-9._, -]*])?\\s*@\\s*)?"
              + "((git|hg|svn|bzr)\\+)?(https?|ssh)://[!-~]+(\\s+;[ -~]*)?");

  private static final Pattern HARMLESS_OPTION =
      Pattern.compile(
          "(--no-index|--pre|--prefer-binary|--require-hashes)"
              + "|(-i|--index-url|--extra-index-url|--trusted-host|--no-binary|--only-binary)[= ]\\s*"
              + "[!-~]+");

  private static final Pattern OTHER_FILE =
      Pattern.compile("(?:-r|-c|(?:--requirement|--constraint)(?:=|(?=\\s)))\\s*([!-~]+)");

  private static final Pattern LINKS =
      Pattern.compile("(?:-f|--find-links(?:=|(?=\\s)))\\s*([!-~]+)");

  /** Ways within the project: not absolute, without a scheme, never upwards. */
  private static final Pattern WITHIN =
      Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9._-][A-Za-z0-9._/+-]*");

  private final Path project;
  private final Set<Path> seen = new HashSet<>();

  private Requirements(Path project) {
    this.project = project;
  }

  /**
   * @param file in the project, UTF-8
   */
  static Reach of(Path project, Path file) throws IOException {
    return new Requirements(project.toAbsolutePath().normalize())
        .ofFile(file.toAbsolutePath().normalize());
  }

  /** Of one requirement as it stands in a list of them, where no options are. */
  static Reach ofPackage(String requirement) {
    if (requirement.length() > MAX_CHARACTERS || requirement.contains("${")) {
      return Reach.UNKNOWN;
    }
    if (REMOTE.matcher(requirement).matches()) {
      return Reach.INDEX;
    }
    if (PACKAGE.matcher(requirement).matches() && !ARCHIVE.matcher(requirement).matches()) {
      return Reach.INDEX;
    }
    return WITHIN.matcher(requirement).matches() ? Reach.PROJECT : Reach.UNKNOWN;
  }

  private Reach ofFile(Path file) throws IOException {
    if (!seen.add(file)) {
      return Reach.INDEX;
    }
    if (Files.size(file) > MAX_BYTES) {
      return Reach.UNKNOWN;
    }
    Reach reach = Reach.INDEX;
    for (String line : logicalLines(Files.readString(file))) {
      reach = reach.and(ofLine(line, file));
    }
    return reach;
  }

  private Reach ofLine(String line, Path file) throws IOException {
    if (line.length() > MAX_CHARACTERS || line.contains("${")) {
      return Reach.UNKNOWN;
    }
    if (!line.startsWith("-")) {
      return ofPackage(line);
    }
    if (HARMLESS_OPTION.matcher(line).matches()) {
      return Reach.INDEX;
    }
    Matcher links = LINKS.matcher(line);
    if (links.matches()) {
      return ofLinks(links.group(1));
    }
    Matcher other = OTHER_FILE.matcher(line);
    return other.matches() ? ofOther(other.group(1), file) : Reach.UNKNOWN;
  }

  /** An address, or a folder of the operator's, is an index like any other. */
  private static Reach ofLinks(String place) {
    if (place.startsWith("/") || place.contains("://")) {
      return Reach.INDEX;
    }
    return WITHIN.matcher(place).matches() ? Reach.PROJECT : Reach.UNKNOWN;
  }

  private Reach ofOther(String name, Path file) throws IOException {
    if (!WITHIN.matcher(name).matches()) {
      return Reach.UNKNOWN;
    }
    Path other = file.resolveSibling(name).normalize();
    if (!other.startsWith(project) || !Files.isRegularFile(other)) {
      return Reach.UNKNOWN;
    }
    try {
      return Reach.PROJECT.and(ofFile(other));
    } catch (CharacterCodingException e) {
      return Reach.UNKNOWN;
    }
  }

  /** Lines that end in a backslash go on in the next; comments are cut, as pip cuts them. */
  private static List<String> logicalLines(String text) {
    var whole = new StringBuilder();
    for (String line : text.lines().toList()) {
      boolean goesOn = line.endsWith("\\") && !line.stripLeading().startsWith("#");
      whole.append(goesOn ? line.substring(0, line.length() - 1) : line + "\n");
    }
    return whole
        .toString()
        .lines()
        .map(line -> COMMENT.matcher(line).replaceFirst(""))
        .map(line -> HASH.matcher(line).replaceAll("").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
