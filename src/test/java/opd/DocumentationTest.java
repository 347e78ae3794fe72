package opd;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every public type and method of the core is documented, so that its rule can be found.
final class DocumentationTest {
  private static final String UNDOCUMENTED =
      "public final class Bare {\n  public int number() { return 1; }\n}\n";

  @Test
  void everyPublicTypeAndMethodHasItsComment() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String name : List.of("domain", "decision", "record", "story")) {
      try (Stream<Path> files = Files.list(Path.of("src/main/java/opd", name))) {
        sources.addAll(files.toList());
      }
    }
    assertThat(undocumented(sources)).isEmpty();
  }

  @Test
  void aMissingCommentIsFound(@TempDir Path folder) throws IOException {
    Path source = Files.writeString(folder.resolve("Bare.java"), UNDOCUMENTED);
    assertThat(undocumented(List.of(source))).hasSize(2);
  }

  private static List<String> undocumented(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (var manager = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
      List<String> options =
          List.of(
              "-Xdoclint:missing/public",
              "-Xmaxwarns",
              "1000",
              "-proc:none",
              "-classpath",
              System.getProperty("java.class.path"));
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(files));
      task.analyze();
    }
    return found.getDiagnostics().stream()
        .filter(each -> each.getMessage(Locale.ROOT).contains("no comment"))
        .filter(DocumentationTest::isTypeOrMethod)
        .map(each -> Path.of(each.getSource().toUri()).getFileName() + ":" + each.getLineNumber())
        .collect(toList());
  }

  /// Constants of an enum speak by their names.
  private static boolean isTypeOrMethod(Diagnostic<? extends JavaFileObject> diagnostic) {
    try {
      String line =
          diagnostic
              .getSource()
              .getCharContent(true)
              .toString()
              .lines()
              .toList()
              .get((int) diagnostic.getLineNumber() - 1);
      return !line.matches(" +[A-Z_]+(\\(.*\\))?[,;]?");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
