package opd.story;

import java.util.ArrayList;
import java.util.List;
import opd.record.StoredEntry;

/// Collects the sentences of a story.
final class SentenceList {
  private final List<Sentence> sentences = new ArrayList<>();

  void say(String text, StoredEntry... entries) {
    sentences.add(new Sentence(text, List.of(entries)));
  }

  List<Sentence> sentences() {
    return List.copyOf(sentences);
  }
}
