package opd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class FaultTest {
  @TempDir Path folder;

  @Test
  void aHomeThatIsAFileIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path home : new Path[] {file, file.resolve("below")}) {
      OpdException fault = fault(() -> TestServer.in(home).server.start());
      assertThat(fault.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
      assertThat(fault).hasMessageContaining(file.toString());
      assertThat(fault.hint()).contains("OPD_HOME");
    }
  }

  @Test
  void aHomeThatCannotBeWrittenIsDenied() throws Exception {
    Path home = folder.resolve("home");
    Files.createDirectory(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
    assumeTrue(Home.userId(home) != 0, "root may write everywhere");
    OpdException fault = fault(() -> TestServer.in(home).server.start());
    assertThat(fault.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(fault).hasMessageContaining(home.toString());
  }

  @Test
  void aHomeOnAFileSystemThatTakesNoFilesIsUnavailable() {
    Path home = Path.of("/proc/opd");
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "only Linux has such a file system");
    OpdException fault = fault(() -> TestServer.in(home).server.start());
    assertThat(fault).hasMessageContaining("/proc/opd");
    assertThat(fault.hint()).isNotNull();
  }

  @Test
  void aClusterWithoutItsPasswordsIsRefusedAndLeftAlone() throws Exception {
    try (TestServer test = TestServer.ready(folder)) {
      test.server.start();
      Path passwords = test.home.secretsFile();
      byte[] content = Files.readAllBytes(passwords);

      Files.delete(passwords);
      assertThat(fault(test.server::running)).hasMessageContaining(passwords + " of the local");
      test.server.stop();
      assertThat(fault(test.server::start)).hasMessageContaining("missing");

      Files.writeString(passwords, "administrator=\n");
      assertThat(fault(test.server::start)).hasMessageContaining("open to other users");
      Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
      assertThat(fault(test.server::start)).hasMessageContaining("garbled");

      Files.write(passwords, content);
      assertThat(TestServer.ask(test.server.start(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void aClusterThatCannotBeRunIsLeftUntouched() throws Exception {
    try (TestServer test = TestServer.ready(folder)) {
      test.server.start();
      test.server.stop();
      Path version = test.home.data().resolve("PG_VERSION");
      String made = Files.readString(version);

      Files.writeString(version, "17\n");
      assertThat(fault(test.server::start))
          .hasMessageContaining("made by PostgreSQL 17")
          .hasMessageContaining("brings PostgreSQL 18");
      Files.delete(version);
      assertThat(fault(test.server::start)).hasMessageContaining("not a complete");
      assertThat(test.home.data().resolve("global/pg_control")).exists();

      Files.writeString(version, made);
      Path settings = test.home.data().resolve("postgresql.conf");
      String original = Files.readString(settings);
      Files.writeString(settings, original + "\nshared_buffers = '1 yard'\n");
      assertThat(fault(test.server::start))
          .hasMessageContaining(test.home.data().toString())
          .hasMessageContaining("did not start")
          .hasMessageContaining("postgresql.conf");
      Files.writeString(settings, original);
      test.server.start();
    }
  }

  @Test
  void aDataFolderThatIsOpenToOthersIsNamedWithWhatClosesIt() throws Exception {
    try (TestServer test = TestServer.ready(folder)) {
      test.server.start();
      test.server.stop();
      for (String open : new String[] {"rwxr-xr-x", "rwxrwx---"}) {
        Files.setPosixFilePermissions(test.home.data(), PosixFilePermissions.fromString(open));
        OpdException fault = fault(test.server::start);
        assertThat(fault.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(fault).hasMessageContaining("open to other users");
        assertThat(fault.hint()).contains("chmod 700 '" + test.home.data() + "'");
      }
      Files.setPosixFilePermissions(test.home.data(), PosixFilePermissions.fromString("rwxr-x---"));
      assertThat(TestServer.ask(test.server.start(), "select 1")).isEqualTo("1");
    }
  }

  private static OpdException fault(ThrowingCallable call) {
    OpdException fault = catchThrowableOfType(OpdException.class, call);
    assertThat(fault).isNotNull();
    return fault;
  }
}
