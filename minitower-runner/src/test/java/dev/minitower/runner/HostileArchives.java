package dev.minitower.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Archives that try to get out of the folder they are unpacked to, or to fill the disk. */
enum HostileArchives {
  TRAVERSAL {
    @Override
    void fill(TarArchiveOutputStream tar, Path outside) throws IOException {
      file(tar, "a/../../../" + EVIL, PROGRAM);
    }
  },
  ABSOLUTE {
    @Override
    void fill(TarArchiveOutputStream tar, Path outside) throws IOException {
      file(tar, outside.resolve(EVIL).toString(), PROGRAM);
    }
  },
  FILE_THROUGH_A_LINK {
    @Override
    void fill(TarArchiveOutputStream tar, Path outside) throws IOException {
      special(tar, "out", TarConstants.LF_SYMLINK, outside.toString());
      file(tar, "out/" + EVIL, PROGRAM);
    }
  },
  LINK_TO_A_SECRET {
    @Override
    void fill(TarArchiveOutputStream tar, Path outside) throws IOException {
      special(tar, "secret", TarConstants.LF_SYMLINK, "/etc/passwd");
    }
  },
  HARD_LINK_TO_A_SECRET {
    @Override
    void fill(TarArchiveOutputStream tar, Path outside) throws IOException {
      special(tar, "secret", TarConstants.LF_LINK, "../../instance-id");
    }
  },
  PIPE {
    @Override
    void fill(TarArchiveOutputStream tar, Path outside) throws IOException {
      special(tar, "pipe", TarConstants.LF_FIFO, "");
    }
  },
  DEVICE {
    @Override
    void fill(TarArchiveOutputStream tar, Path outside) throws IOException {
      special(tar, "device", TarConstants.LF_BLK, "");
    }
  },
  BOMB {
    @Override
    void fill(TarArchiveOutputStream tar, Path outside) throws IOException {
      file(tar, "bomb", new byte[64 * 1024 * 1024]);
    }
  },
  CUT_OFF {
    @Override
    byte[] make(Path outside) {
      byte[] whole = TestArtifact.of("main.py", "print('never')");
      return java.util.Arrays.copyOf(whole, whole.length / 2);
    }

    @Override
    void fill(TarArchiveOutputStream tar, Path outside) {}
  };

  /** How the name of a file begins that must not be anywhere. */
  static final String EVIL = "minitower-evil";

  private static final byte[] PROGRAM = "from life import *\nhold('main')\n".getBytes(UTF_8);

  abstract void fill(TarArchiveOutputStream tar, Path outside) throws IOException;

  /**
   * @param outside a folder that nothing may be written to
   */
  byte[] make(Path outside) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      file(tar, "Towerfile", "[app]\nname = \"test\"\nscript = \"main.py\"\n".getBytes(UTF_8));
      file(tar, "main.py", PROGRAM);
      fill(tar, outside);
    }
    return bytes.toByteArray();
  }

  static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  static void special(TarArchiveOutputStream tar, String name, byte type, String target)
      throws IOException {
    var entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }
}
