package opd.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostmasterFileTest {
  private static final String COMPLETE =
      "41\n/home/a b/data\n1790000000\n5433\n\n127.0.0.1\n 123 456\nready   \n";

  @Test
  void tellsProcessFolderPortAndReadiness() {
    assertThat(PostmasterFile.parse(COMPLETE))
        .contains(new PostmasterFile(41, "/home/a b/data", 5433, true));
    assertThat(PostmasterFile.parse(COMPLETE.replace("ready   ", "stopping")))
        .contains(new PostmasterFile(41, "/home/a b/data", 5433, false));
  }

  @Test
  void everyHalfWrittenFileIsReadWithoutFailing() {
    for (int length = 0; length < COMPLETE.lastIndexOf("ready") + 4; length++) {
      assertThat(PostmasterFile.parse(COMPLETE.substring(0, length)).stream())
          .as("the first %d characters", length)
          .noneMatch(PostmasterFile::ready);
    }
    assertThat(PostmasterFile.parse("garbled\nfile\n")).isEmpty();
  }

  @Test
  void systemsAndProcessorsHaveThePackagersNames() {
    assertThat(Archive.resourceName("Linux", "amd64")).isEqualTo("postgres-linux-x86_64.txz");
    assertThat(Archive.resourceName("Mac OS X", "aarch64")).isEqualTo("postgres-darwin-arm_64.txz");
  }
}
