package opd.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Lists and rosters as people send them, made by hand and by LibreOffice, each with what is to be
/// read of it in `expected.txt`.
final class ListCorpusTest {
  static final Path FOLDER = Path.of("src/test/resources/opd/intake");

  @TestFactory
  Stream<DynamicTest> listsAreReadAsExpected() throws IOException {
    return tests("lists", ReadList::allocations);
  }

  @TestFactory
  Stream<DynamicTest> rostersAreReadAsExpected() throws IOException {
    return tests("rosters", ReadList::roster);
  }

  private static Stream<DynamicTest> tests(String folder, Function<byte[], ReadList> reading)
      throws IOException {
    Map<String, String> expected = expected(folder);
    return files(folder).stream()
        .map(file -> {
          String name = file.getFileName().toString();
          return DynamicTest.dynamicTest(
              folder + "/" + name,
              () ->
                  assertThat(reading.apply(Files.readAllBytes(file)).toString())
                      .isEqualTo(expected.get(name)));
        });
  }

  @Test
  void everyFileHasItsExpectationAndTheCorpusIsLarge() throws IOException {
    for (String folder : List.of("lists", "rosters")) {
      assertThat(files(folder).stream().map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected(folder).keySet());
    }
    assertThat(files("lists")).hasSizeGreaterThan(60);
  }

  static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.sorted().toList();
    }
  }

  /// By file name. A section begins with `== ` and the name.
  private static Map<String, String> expected(String folder) throws IOException {
    Map<String, String> sections = new LinkedHashMap<>();
    String name = "";
    for (String line : Files.readAllLines(FOLDER.resolve(folder + ".expected.txt"))) {
      if (line.startsWith("== ")) {
        name = line.substring(3);
        sections.put(name, "");
      } else {
        sections.merge(name, line + "\n", String::concat);
      }
    }
    return sections;
  }
}
