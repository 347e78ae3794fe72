package opd.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file system in memory that is soon full.
record SmallDisk(Path folder) implements AutoCloseable {
  /// Mounted where the machine lets this process do so; else the test is left out.
  static SmallDisk mounted(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    String options = "mode=700,size=" + megabytes + "m";
    boolean isMounted =
        run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString())) == 0;
    assumeTrue(isMounted, "a small disk takes root, and a system that lets it mount one");
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
