package dev.minitower.model.artifact;

import dev.minitower.model.towerfile.ProjectPaths;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of an archive as the tree that they make: each once, folders above files, nothing below
 * a file or a link. Its memory is bounded by the number of nodes, which includes folders that are
 * only implied, and by the length of all names.
 */
final class EntryTree {
  private static final long MAX_NAME_CHARACTERS = 32L * 1024 * 1024;

  /** As many as Linux follows. */
  private static final int MAX_HOPS = 40;

  private enum Kind {
    IMPLIED_FOLDER,
    FOLDER,
    FILE,
    LINK;

    boolean isFolder() {
      return this == IMPLIED_FOLDER || this == FOLDER;
    }
  }

  private static final class Node {
    private Kind kind;
    private final @Nullable String target;
    private Map<String, Node> children = Map.of();

    Node(Kind kind, @Nullable String target) {
      this.kind = kind;
      this.target = target;
    }
  }

  private final Node root = new Node(Kind.FOLDER, null);
  private final int maxEntries;
  private int entries;
  private long characters;

  EntryTree(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  void addFolder(String path) {
    add(path, new Node(Kind.FOLDER, null));
  }

  void addFile(String path) {
    add(path, new Node(Kind.FILE, null));
  }

  void addLink(String path, String target) {
    characters += target.length();
    add(path, new Node(Kind.LINK, target));
  }

  /** Whether the path leads to a file, at last, if links are followed. */
  boolean isFile(String path) {
    Deque<Node> trail = new ArrayDeque<>(List.of(root));
    Deque<String> rest = new ArrayDeque<>(ProjectPaths.segments(path));
    int hops = 0;
    while (!rest.isEmpty() && !trail.isEmpty() && hops <= MAX_HOPS) {
      String name = rest.pop();
      Node node = name.equals("..") ? null : trail.element().children.get(name);
      if (name.equals("..")) {
        trail.pop();
      } else if (node == null) {
        return false;
      } else if (node.target != null) {
        hops++;
        pushFront(rest, ProjectPaths.segments(node.target));
      } else {
        trail.push(node);
      }
    }
    return rest.isEmpty() && !trail.isEmpty() && trail.element().kind == Kind.FILE;
  }

  /** Whether the path itself is a file, and no link is needed to get there. */
  boolean isPlainFile(String path) {
    Node node = root;
    for (String name : ProjectPaths.segments(path)) {
      Node child = node.children.get(name);
      if (child == null) {
        return false;
      }
      node = child;
    }
    return node.kind == Kind.FILE;
  }

  private void add(String path, Node added) {
    List<String> names = ProjectPaths.segments(path);
    Node parent = root;
    for (String name : names.subList(0, names.size() - 1)) {
      parent = folder(parent, name, path);
    }
    String name = names.get(names.size() - 1);
    Node existing = parent.children.get(name);
    if (existing == null) {
      put(parent, name, added);
    } else if (existing.kind == Kind.IMPLIED_FOLDER && added.kind == Kind.FOLDER) {
      existing.kind = Kind.FOLDER;
    } else {
      throw refusal(path, "is there twice");
    }
  }

  private Node folder(Node parent, String name, String path) {
    Node existing = parent.children.get(name);
    if (existing == null) {
      Node implied = new Node(Kind.IMPLIED_FOLDER, null);
      put(parent, name, implied);
      return implied;
    }
    if (!existing.kind.isFolder()) {
      throw refusal(path, "lies below a file or a link");
    }
    return existing;
  }

  private void put(Node parent, String name, Node child) {
    entries++;
    characters += name.length();
    if (entries > maxEntries) {
      throw InvalidArtifactException.archive(
          "the archive has more than %d files and folders".formatted(maxEntries));
    }
    if (characters > MAX_NAME_CHARACTERS) {
      throw InvalidArtifactException.archive("the names in the archive are too long altogether");
    }
    if (parent.children.isEmpty()) {
      parent.children = new HashMap<>();
    }
    parent.children.put(name, child);
  }

  private static void pushFront(Deque<String> rest, List<String> names) {
    for (int i = names.size() - 1; i >= 0; i--) {
      rest.push(names.get(i));
    }
  }

  private static InvalidArtifactException refusal(String path, String message) {
    return InvalidArtifactException.archive(
        "the archive's entry " + EntryNames.quoted(path) + " " + message);
  }
}
