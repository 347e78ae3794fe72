package opd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import opd.server.PrivilegeChoice.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How root runs a server that refuses root; by `scripts/check-as-root`.
@Tag("root")
@Timeout(180)
class PrivilegesTest {
  @TempDir Path folder;

  @BeforeEach
  void onlyAsRoot() throws Exception {
    assumeTrue(Home.userId(folder) == 0, "only root needs another identity");
  }

  @Test
  void rootInANamespaceKeepsTheDataItsOwn() throws Exception {
    assumeTrue(
        Command.run(List.of("unshare", "--user", "true")).succeeded(),
        "this machine forbids user namespaces");
    try (TestServer test = restricted(Way.NAMESPACE)) {
      assertThat(TestServer.ask(test.server.start(), "select 1")).isEqualTo("1");
      assertThat(Home.userId(test.home.data())).isZero();
    }
  }

  @Test
  void anotherAccountOwnsTheDataAndReachesItThroughClosedFolders() throws Exception {
    try (TestServer test = restricted(Way.ACCOUNT)) {
      Endpoint endpoint = test.server.start();
      assertThat(TestServer.ask(endpoint, "select 1")).isEqualTo("1");
      assertThat(Home.userId(test.home.data())).isNotZero();
      assertThat(Home.userId(test.home.secretsFile())).isZero();
      assertThat(test.server.running()).contains(endpoint);
    }
  }

  @Test
  void aClusterIsAlwaysRunTheWayItWasMade() throws Exception {
    try (TestServer made = restricted(Way.ACCOUNT)) {
      Endpoint endpoint = made.server.start();
      assertThat(made.server.stop()).isTrue();
      int owner = Home.userId(made.home.data());

      TestServer later = restricted(Way.NAMESPACE);
      assertThat(later.server.start()).isEqualTo(endpoint);
      assertThat(TestServer.ask(endpoint, "select 1")).isEqualTo("1");
      assertThat(Home.userId(made.home.data().resolve("postmaster.pid"))).isEqualTo(owner);
      assertThat(Files.exists(made.home.data())).isTrue();
    }
  }

  private TestServer restricted(Way way) {
    return new TestServer(
        folder.resolve("home"), TestServer.sharing(new PrivilegeChoice(List.of(way))));
  }
}
