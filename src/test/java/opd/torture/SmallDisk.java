package opd.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file system in memory that is soon full. Only root may mount one, and not everywhere.
record SmallDisk(Path folder) implements AutoCloseable {
  static SmallDisk mounted(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    String options = "mode=700,size=" + megabytes + "m";
    assertThat(run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString())))
        .as("a small disk takes root, and a system that lets it mount one")
        .isZero();
    return new SmallDisk(folder);
  }

  /// Takes all that is free.
  ///
  /// @return the file that takes it
  Path fill() throws IOException {
    Path filler = folder.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4_096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  /// @param mode `ro` or `rw`
  void remount(String mode) throws IOException {
    assertThat(run(List.of("mount", "-o", "remount," + mode, folder.toString()))).isZero();
  }

  /// @return the exit code
  private static int run(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join()
        .exitValue();
  }

  @Override
  public void close() throws IOException {
    run(List.of("umount", folder.toString()));
  }
}
