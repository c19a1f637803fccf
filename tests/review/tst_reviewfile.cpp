// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/reviewfile.h>

#include <review/yamltext.h>

#include "samples.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;

namespace {

const Checklist three = samples::checklist({samples::item(QStringLiteral("resilience.graceful-stop")),
                                            samples::item(QStringLiteral("resilience.az-loss")),
                                            samples::item(QStringLiteral("monitoring.uptime"))});

Result<ReviewFile> parse(const QByteArray &bytes) { return parseReview(bytes, samples::service(), three); }

QString problems(const ReviewFile &file)
{
    QStringList lines;
    for (const Problem &problem : file.problems)
        lines << problem.toString(Lang::En);
    return lines.join(u'\n');
}

const QByteArray start = "format: tenken.review/1\nservice: id-auth\nchecklist: zozotown\nversion: \"2.1\"\n";

/// A file with one item, its body at the right depth.
QByteArray withItem(const QByteArray &body) { return start + "items:\n  resilience.az-loss:\n" + body; }

} // namespace

class TestReviewFile : public QObject
{
    Q_OBJECT

private slots:
    void aNewReviewHasEveryBlock();
    void writesWhatPeopleCanRead();
    void roundTripsNastyStrings();
    void roundTripsAtRandom();
    void everyReaderSeesTheSameScalar_data();
    void everyReaderSeesTheSameScalar();
    void keepsUnknownKeysAndComments();
    void keepsUnknownKeysOfEntries();
    void keepsAnchorsAndFlow();
    void keepsWhatItCannotRead();
    void whatCannotBeReadIsInDoubt_data();
    void whatCannotBeReadIsInDoubt();
    void withoutAVersion();
    void keepsItemsTheChecklistDropped();
    void writingTwiceIsWritingOnce();
    void says_data();
    void says();
    void refuses_data();
    void refuses();
    void missingFileIsAnEmptyReview();
    void unreadableFileIsNoEmptyReview();
    void savesAndReadsBack();
    void refusesToSaveWhatItCouldNotRead();
    void timesKeepTheirZone();
};

void TestReviewFile::aNewReviewHasEveryBlock()
{
    const auto read = parse({});
    QVERIFY(read.has_value());
    QCOMPARE(read->review.items.size(), 3u);
    QCOMPARE(read->review.items[1].id, QStringLiteral("resilience.az-loss"));
    QCOMPARE(read->review.serviceId, QStringLiteral("id-auth"));
    QCOMPARE(read->review.checklistVersion, QStringLiteral("2.1"));
    QVERIFY(read->problems.empty());
    QVERIFY(read->base.isEmpty());
    const QByteArray block = "  resilience.az-loss:\n"
                             "    title: resilience.az-lossの題 · Title of resilience.az-loss\n"
                             "    team:\n      answer:\n      note:\n      links:\n      by:\n      at:\n"
                             "      commit:\n      asked:\n      relied:\n"
                             "    reviewer:\n      answer:\n      note:\n      links:\n      by:\n      at:\n"
                             "      commit:\n      asked:\n      relied:\n"
                             "    waivers:\n    actions:\n";
    QVERIFY2(writeReview(read->review, {}).contains(block), writeReview(read->review, {}).constData());
}

void TestReviewFile::writesWhatPeopleCanRead()
{
    Review review = samples::review(three);
    ItemReview &item = review.items[0];
    item.team = {TeamAnswer::Pass, QStringLiteral("preStop は 15 s です。\n# 見直し済み\n\nあと少し。"),
                 {QStringLiteral("https://example.com/run#3")}, QStringLiteral("佐藤 花子"), samples::at(15)};
    item.team.commit = QStringLiteral("9f3c2ab");
    item.team.asked = QStringLiteral("00112233445566ff");
    item.team.relied = {{QStringLiteral("k8s/app.yaml"), 3, 9, QByteArray(32, 'a'), QByteArray(32, 'b')},
                        {QStringLiteral("loadtest/k6 run.json"), 0, 0, QByteArray(32, 'c'), {}}};
    item.reviewer = {ReviewAnswer::Waive, {}, {}, QStringLiteral("yes"), samples::at(20)};
    item.waivers = {samples::waiver()};
    item.actions = {{QStringLiteral("猶予を 45 s に"), QStringLiteral("鈴木"), {}, QDate(2026, 12, 1), false}};
    const QByteArray expected =
        "  resilience.graceful-stop:\n"
        "    title: resilience.graceful-stopの題 · Title of resilience.graceful-stop\n"
        "    team:\n"
        "      answer: pass\n"
        "      note: |-\n"
        "        preStop は 15 s です。\n"
        "        # 見直し済み\n"
        "\n"
        "        あと少し。\n"
        "      links:\n"
        "        - https://example.com/run#3\n"
        "      by: 佐藤 花子\n"
        "      at: 2026-11-20T10:15:00+09:00\n"
        "      commit: \"9f3c2ab\"\n"
        "      asked: \"00112233445566ff\"\n"
        "      relied:\n"
        "        - k8s/app.yaml:3-9 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
        "        - loadtest/k6 run.json cccccccccccccccccccccccccccccccc\n"
        "    reviewer:\n"
        "      answer: waive\n"
        "      note:\n"
        "      links:\n"
        "      by: \"yes\"\n"
        "      at: 2026-11-20T10:20:00+09:00\n"
        "      commit:\n"
        "      asked:\n"
        "      relied:\n"
        "    waivers:\n"
        "      - reason: |-\n"
        "          基盤の更新待ち\n"
        "        requester: 佐藤\n"
        "        approver: 鈴木\n"
        "        control: |-\n"
        "          夜間は手動で監視\n"
        "        expires: 2026-11-27\n"
        "    actions:\n"
        "      - text: |-\n"
        "          猶予を 45 s に\n"
        "        owner: 鈴木\n"
        "        due: 2026-12-01\n"
        "        done: false\n"
        "        link:\n";
    const QByteArray written = writeReview(review, {});
    QVERIFY2(written.contains(expected), written.constData());
    QVERIFY(written.startsWith("# Tenken "));
}

void TestReviewFile::roundTripsNastyStrings()
{
    for (const QString &string : samples::nastyStrings()) {
        Review review = samples::review(three);
        review.items[0].team.note = string;
        review.items[0].team.by = string;
        review.items[0].team.links = {string, string};
        review.items[0].waivers = {{string, string, string, string, {}}};
        review.items[0].actions = {{string, string, string, {}, true}};
        review.items[1].title = string;
        review.serviceId = string;
        const auto file = YamlFile::parse(writeReview(review, {}), QStringLiteral("x"));
        QVERIFY2(file->errors().empty(), qPrintable(string));
        Service named;
        named.id = string.isEmpty() ? QStringLiteral("id-auth") : string;
        auto read = parseReview(writeReview(review, {}), named, three);
        QVERIFY2(read.has_value(), qPrintable(string));
        review.items[1].title = read->review.items[1].title; // the checklist's title wins when read
        if (string.isEmpty())
            review.serviceId = QStringLiteral("id-auth");
        QVERIFY2(
            read->review == review,
            qPrintable(QStringLiteral("%1 → %2").arg(string, QString::fromUtf8(writeReview(review, {})))));
    }
}

void TestReviewFile::roundTripsAtRandom()
{
    QRandomGenerator random(20261120);
    QByteArray base;
    for (int round = 0; round < 200; ++round) {
        Review review = samples::review(three);
        for (ItemReview &item : review.items)
            samples::fillAtRandom(item, random);
        const QByteArray written = writeReview(review, base);
        const auto read = parse(written);
        QVERIFY2(read.has_value(), qPrintable(read ? QString() : read.error().toString(Lang::En)));
        QVERIFY2(read->review == review, written.constData());
        QVERIFY2(read->problems.empty(), qPrintable(problems(*read)));
        base = written; // the next review is written over this one
    }
}

void TestReviewFile::everyReaderSeesTheSameScalar_data()
{
    QTest::addColumn<QString>("string");
    QTest::addColumn<QByteArray>("written");
    const auto row = [](const char *string, const char *written) {
        QTest::newRow(string) << QString::fromUtf8(string) << QByteArray(written);
    };
    row("", "\"\"");
    row("word", "word");
    row("https://example.com/a#b", "https://example.com/a#b");
    row("二つの 語", "二つの 語");
    row("yes", "\"yes\"");
    row("No", "\"No\"");
    row("null", "\"null\"");
    row("1.0", "\"1.0\"");
    row("2026-11-27", "\"2026-11-27\"");
    row("a: b", "\"a: b\"");
    row("a #b", "\"a #b\"");
    row("a\nb", "\"a\\nb\"");
    row("tab\t", "\"tab\\t\"");
    row("say \"hi\"", "say \"hi\"");
    row("\"hi\" C:\\dir", "\"\\\"hi\\\" C:\\\\dir\"");
    row("bell\a", "\"bell\\x07\"");
    row("rtl \u202e", "\"rtl \\u202e\"");
}

void TestReviewFile::everyReaderSeesTheSameScalar()
{
    QFETCH(QString, string);
    QFETCH(QByteArray, written);
    QCOMPARE(yamlScalar(string), written);
    const auto file = YamlFile::parse("k: " + yamlScalar(string) + "\n", QStringLiteral("x"));
    QCOMPARE(file->documents().front()["k"].string(), string);
}

void TestReviewFile::keepsUnknownKeysAndComments()
{
    const QByteArray base =
        "# our own heading\nformat: tenken.review/1\nservice: id-auth\nchecklist: zozotown\n"
        "version: \"2.1\"\n"
        "# who runs the meeting\nx-chair: 田中   # until March\n"
        "x-places:\n- Tokyo\n- Makuhari # second\n"
        "items:\n"
        "  # ask again\n"
        "  resilience.az-loss:\n"
        "    team:\n"
        "      answer: pass  # sure?\n"
        "      confidence: 80\n"
        "      x-text: |\n"
        "        # not a comment\n"
        "          deeper\n"
        "    # about the reviewer\n"
        "    reviewer: # empty\n"
        "    ticket: {id: 12, done: no}\n"
        "# the end\n";
    auto read = parse(base);
    QVERIFY(read.has_value());
    QCOMPARE(read->problems.size(), 5u);
    read->review.item(QStringLiteral("resilience.az-loss"))->team.note = QStringLiteral("edited");
    const QByteArray written = writeReview(read->review, read->base);
    for (const QByteArray &kept :
         {QByteArray("# our own heading\nformat:"),
          QByteArray("\n# who runs the meeting\nx-chair: 田中   # until March\n"),
          QByteArray("\nx-places:\n- Tokyo\n- Makuhari # second\n"),
          QByteArray("\n  # ask again\n  resilience.az-loss:\n"),
          QByteArray("\n      answer: pass  # sure?\n"), QByteArray("\n      confidence: 80\n"),
          QByteArray("\n      x-text: |\n        # not a comment\n          deeper\n"),
          QByteArray("\n    # about the reviewer\n    reviewer:  # empty\n"),
          QByteArray("\n    ticket: {id: 12, done: no}\n"), QByteArray("\n# the end\n")})
        QVERIFY2(written.contains(kept), (kept + "\n---\n" + written).constData());
    QVERIFY(written.contains("note: |-\n        edited\n"));
    QCOMPARE(written.count("not a comment"), 1);
    QCOMPARE(writeReview(read->review, written), written);
}

void TestReviewFile::keepsUnknownKeysOfEntries()
{
    const QByteArray base = withItem("    actions:\n"
                                     "      - text: first\n        jira: A-1\n"
                                     "      # about the second\n"
                                     "      - text: second\n        jira: A-2\n"
                                     "      - jira: A-3\n        text: third\n");
    auto read = parse(base);
    QVERIFY(read.has_value());
    auto &actions = read->review.item(QStringLiteral("resilience.az-loss"))->actions;
    QCOMPARE(actions.size(), 3u);
    actions.erase(actions.begin());
    actions[0].done = true;
    actions.insert(actions.begin(), {QStringLiteral("new"), {}, {}, {}, false});
    const QByteArray written = writeReview(read->review, read->base);
    QVERIFY(!written.contains("A-1"));
    QVERIFY2(
        written.contains(
            "second\n        owner:\n        due:\n        done: true\n        link:\n        jira: A-2\n"),
        written.constData());
    QVERIFY2(
        written.contains(
            "third\n        owner:\n        due:\n        done: false\n        link:\n        jira: A-3\n"),
        written.constData());
    QVERIFY2(written.contains("        # about the second\n      - text: |-\n"), written.constData());
    const auto again = parse(written);
    QVERIFY(again.has_value());
    QVERIFY(again->review == read->review);
}

void TestReviewFile::keepsAnchorsAndFlow()
{
    // An alias of something that is written anew cannot stay an alias; its value stays.
    const QByteArray base = withItem("    team: {answer: pass, mood: [good, \"no\"], by: &who 佐藤}\n"
                                     "    second: *who\n    third: &t {a: 1}\n    fourth: *t\n");
    auto read = parse(base);
    QVERIFY2(read.has_value(), qPrintable(read ? QString() : read.error().toString(Lang::En)));
    QCOMPARE(read->review.item(QStringLiteral("resilience.az-loss"))->team.by, QStringLiteral("佐藤"));
    const QByteArray written = writeReview(read->review, read->base);
    const auto file = YamlFile::parse(written, QStringLiteral("x"));
    QVERIFY2(file->errors().empty(), written.constData());
    const Yaml block = file->documents().front()["items"]["resilience.az-loss"];
    QCOMPARE(block["second"].string(), QStringLiteral("佐藤"));
    QCOMPARE(block["fourth"]["a"].integer(), std::optional<qint64>(1));
    QCOMPARE(block["team"]["mood"].strings(), QStringList({QStringLiteral("good"), QStringLiteral("no")}));
    QVERIFY(!block["team"]["mood"].at(1).boolean());
    QCOMPARE(block["team"]["answer"].string(), QStringLiteral("pass"));
}

void TestReviewFile::keepsWhatItCannotRead()
{
    const QByteArray base =
        withItem("    team:\n      answer: maybe\n      at: yesterday\n      links: none\n"
                 "    reviewer: Suzuki\n"
                 "    waivers:\n      - reason: r\n        expires: soon\n"
                 "    actions:\n      - text: t\n        done: almost\n      - stray\n");
    auto read = parse(base);
    QVERIFY(read.has_value());
    QCOMPARE(read->problems.size(), 6u);
    ItemReview &item = *read->review.item(QStringLiteral("resilience.az-loss"));
    QVERIFY(item.team.answer == TeamAnswer::Open);
    QVERIFY(item.actions.empty());
    item.team.note = QStringLiteral("n");
    QByteArray written = writeReview(read->review, read->base);
    for (const char *kept : {"answer: maybe\n", "at: yesterday\n", "links: none\n", "reviewer: Suzuki\n",
                             "expires: soon\n", "done: almost\n", "- stray\n"})
        QVERIFY2(written.contains(kept), written.constData());

    item.team.answer = TeamAnswer::Fail; // what a person decides takes its place
    item.reviewer.answer = ReviewAnswer::Accept;
    written = writeReview(read->review, read->base);
    QVERIFY(!written.contains("maybe"));
    QVERIFY(!written.contains("Suzuki"));
    const auto again = parse(written);
    QVERIFY(again.has_value());
    QVERIFY(again->review == read->review);
}

void TestReviewFile::whatCannotBeReadIsInDoubt_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("doubt");
    QTest::addColumn<bool>("mended"); ///< an answer that somebody gives takes its place
    const auto row = [](const char *name, const QByteArray &body, bool doubt, bool mended) {
        QTest::newRow(name) << withItem(body) << doubt << mended;
    };
    row("readable", "    reviewer:\n      answer: accept\n", false, true);
    row("nothing", "    team:\n    reviewer:\n      answer:\n", false, true);
    row("capital", "    reviewer:\n      answer: Reject\n", true, true);
    row("the word alone", "    reviewer: reject\n", true, true);
    row("a list", "    reviewer: [reject]\n", true, true);
    row("the team's", "    team:\n      answer: FAIL\n", true, true);
    row("misspelt answer", "    reviewer:\n      answers: reject\n", true, false);
    row("misspelt answer of the team", "    team:\n      Answer: fail\n", true, false);
    row("misspelt reviewer", "    Reviewer:\n      answer: reject\n", true, false);
    row("misspelt team", "    taem:\n      answer: fail\n", true, false);
    row("a misspelt key with nothing behind it", "    Reviewer:\n", false, true);
    row("a key of one's own", "    ticket: T-1\n    team:\n      mood: fine\n", false, true);
    QTest::newRow("a block that is none") << start + "items:\n  resilience.az-loss: reject\n" << true << true;
}

void TestReviewFile::whatCannotBeReadIsInDoubt()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, doubt);
    QFETCH(bool, mended);
    auto read = parse(text);
    QVERIFY(read.has_value());
    ItemReview &item = *read->review.item(QStringLiteral("resilience.az-loss"));
    QCOMPARE(item.isInDoubt(), doubt);
    if (doubt)
        QCOMPARE(item.place.span.line, 6);
    // Writing keeps it, and an answer takes its place.
    const auto again = parse(writeReview(read->review, read->base));
    QCOMPARE(again->review.item(item.id)->isInDoubt(), doubt);
    item.team.answer = TeamAnswer::Pass;
    item.reviewer.answer = ReviewAnswer::Accept;
    const auto answered = parse(writeReview(read->review, read->base));
    QCOMPARE(answered->review.item(item.id)->isInDoubt(), doubt && !mended);
}

/// A file that names no version: its answers do not count as answers to this one.
void TestReviewFile::withoutAVersion()
{
    const QByteArray head = "format: tenken.review/1\nservice: id-auth\nchecklist: zozotown\nitems:\n";
    const auto read = parse(head + "  resilience.az-loss:\n    team:\n      answer: pass\n      note: n\n    reviewer:\n"
                                   "      answer: accept\n      asked: aa\n");
    QVERIFY(read.has_value());
    const ItemReview &item = *read->review.item(QStringLiteral("resilience.az-loss"));
    QCOMPARE(item.team.asked, QStringLiteral("zozotown ?"));
    QCOMPARE(item.reviewer.asked, QStringLiteral("aa"));
    QVERIFY2(problems(*read).contains(QStringLiteral("`version` is missing")), qPrintable(problems(*read)));
    QCOMPARE(read->review.checklistVersion, QStringLiteral("2.1"));
    const auto again = parse(writeReview(read->review, read->base));
    QVERIFY(again && again->review == read->review);
    // Where nobody answered there is nothing to ask again.
    const auto fresh = parse(head + "  resilience.az-loss:\n    team:\n      answer:\n      note: a thought\n");
    QVERIFY(fresh && fresh->problems.empty());
}

void TestReviewFile::keepsItemsTheChecklistDropped()
{
    const auto read =
        parse(start + "items:\n  resilience.az-los:\n    team:\n      answer: pass\n  resilience.az-loss:\n");
    QVERIFY(read.has_value());
    QCOMPARE(read->review.items.size(), 4u);
    QCOMPARE(read->review.items.back().id, QStringLiteral("resilience.az-los"));
    QVERIFY(read->review.items.back().team.answer == TeamAnswer::Pass);
    QCOMPARE(read->problems.size(), 1u);
    QVERIFY2(problems(*read).contains(QStringLiteral("resilience.az-loss")), qPrintable(problems(*read)));
    const auto again = parse(writeReview(read->review, read->base));
    QVERIFY(again->review == read->review);
}

void TestReviewFile::writingTwiceIsWritingOnce()
{
    QRandomGenerator random(7);
    Review review = samples::review(three);
    for (ItemReview &item : review.items)
        samples::fillAtRandom(item, random);
    const QByteArray once = writeReview(review, {});
    QCOMPARE(writeReview(review, once), once);
    QByteArray crlf = once;
    crlf.replace("\n", "\r\n");
    QVERIFY(parse(crlf).has_value());
    QVERIFY(parse("\xef\xbb\xbf" + once)->review == review);
}

void TestReviewFile::says_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &text, const char *expected) {
        QTest::newRow(name) << text << QString::fromUtf8(expected);
    };
    row("unknown key", withItem("    team:\n      asnwer: pass\n"), "readiness/review.yaml:8:7: ");
    row("suggestion", withItem("    team:\n      asnwer: pass\n"), "answer");
    row("wrong word", withItem("    team:\n      answer: ok\n"),
        "readiness/review.yaml:8:15: \"ok\" cannot stand here — write pass, fail, n/a, not-yet, or nothing");
    row("reviewer's word", withItem("    reviewer:\n      answer: pass\n"),
        ":8:15: \"pass\" cannot stand here — write accept");
    row("time without zone", withItem("    team:\n      at: 2026-11-20T10:15:00\n"), "with its zone");
    row("date", withItem("    waivers:\n      - expires: 2026-11-31\n"), ":8:18: \"2026-11-31\" cannot");
    row("flag", withItem("    actions:\n      - done: maybe\n"), "write true or false");
    row("list", withItem("    actions: none\n"), "entries that begin");
    row("map", withItem("    team: pass\n"), "indented");
    row("item", start + "items:\n  resilience.az-loss: pass\n", "indented");
    row("other version", "version: \"2.0\"\nitems:\n",
        "The answers are to version 2.0; the checklist is at 2.1 now.");
}

void TestReviewFile::says()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto read = parse(text);
    QVERIFY(read.has_value());
    QVERIFY2(problems(*read).contains(expected), qPrintable(problems(*read)));
}

void TestReviewFile::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("location");
    const QByteArray one = withItem("    team:\n      answer: pass\n");
    const auto row = [](const char *name, const QByteArray &text, const char *location) {
        QTest::newRow(name) << text << QString::fromUtf8(location);
    };
    row("conflict", one + "<<<<<<< HEAD\n    ticket: 1\n=======\n    ticket: 2\n>>>>>>> theirs\n",
        "readiness/review.yaml:9:1");
    row("conflict, CRLF", one + "<<<<<<< HEAD\r\n=======\r\n>>>>>>> x\r\n", "readiness/review.yaml:9:1");
    row("half resolved", one + "=======\n", "readiness/review.yaml:9:1");
    row("not YAML", "items: [\n", "readiness/review.yaml:");
    row("a list", "- a\n- b\n", "readiness/review.yaml:1:1");
    row("a sentence", "hello\n", "readiness/review.yaml:1:1");
    row("binary", QByteArray("\0\1\2", 3), "readiness/review.yaml:1:1");
    row("items twice", withItem("    team:\n") + "  resilience.az-loss:\n    team:\n",
        "readiness/review.yaml:8:3");
    row("answer twice", withItem("    team:\n      answer: pass\n      answer: fail\n"),
        "readiness/review.yaml:9:7");
    row("items as list", start + "items:\n  - a\n", "readiness/review.yaml:6:3");
    row("items misspelt", start + "itmes:\n  resilience.az-loss:\n", "readiness/review.yaml:5:1");
    row("newer format", "format: tenken.review/2\nitems:\n", "readiness/review.yaml:1:9");
    row("another service's", "format: tenken.review/1\nservice: other\nitems:\n", "readiness/review.yaml:2:10");
    row("another checklist's", "service: id-auth\nchecklist: acme\nitems:\n", "readiness/review.yaml:2:12");
    row("two documents", one + "---\na: 1\n", "readiness/review.yaml:10:1");
}

void TestReviewFile::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, location);
    const auto read = parse(text);
    QVERIFY(!read.has_value());
    QVERIFY2(read.error().location().startsWith(location), qPrintable(read.error().toString(Lang::En)));
    QVERIFY(!read.error().message.ja.isEmpty());
    QVERIFY(!read.error().hint.en.isEmpty());
}

void TestReviewFile::missingFileIsAnEmptyReview()
{
    const QTemporaryDir folder;
    const auto read = readReview(folder.path(), samples::service(), three);
    QVERIFY(read.has_value());
    QCOMPARE(read->review.items.size(), 3u);
}

void TestReviewFile::unreadableFileIsNoEmptyReview()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("readiness/review.yaml"))); // a folder of that name
    QVERIFY(!readReview(folder.path(), samples::service(), three).has_value());

    const QTemporaryDir other;
    QVERIFY(QDir(other.path()).mkpath(QStringLiteral("readiness")));
    QVERIFY(QFile::link(QStringLiteral("/nowhere/at/all"),
                        other.filePath(QStringLiteral("readiness/review.yaml"))));
    QVERIFY(!readReview(other.path(), samples::service(), three).has_value());
}

void TestReviewFile::savesAndReadsBack()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("readiness")));
    Review review = samples::review(three);
    review.items[2].team.answer = TeamAnswer::NotYet;
    const auto saved = saveReview(folder.path(), review, {});
    QVERIFY(saved.has_value());
    const auto read = readReview(folder.path(), samples::service(), three);
    QVERIFY(read.has_value());
    QVERIFY(read->review == review);
    QCOMPARE(read->base, *saved);
}

void TestReviewFile::refusesToSaveWhatItCouldNotRead()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("readiness")));
    Review review = samples::review(three);
    QVERIFY(saveReview(folder.path(), review, {}).has_value());
    review.items[0].team.note = QString(17 * 1024 * 1024, u'x');
    QVERIFY(!saveReview(folder.path(), review, {}).has_value());
    const auto read = readReview(folder.path(), samples::service(), three);
    QVERIFY(read.has_value());
    QVERIFY(read->review == samples::review(three));
}

void TestReviewFile::timesKeepTheirZone()
{
    const auto read = parse(withItem(
        "    team:\n      at: 2026-11-20T10:15:00-03:30\n    reviewer:\n      at: 2026-11-20T10:15:00Z\n"));
    QVERIFY(read.has_value());
    const ItemReview &item = *read->review.item(QStringLiteral("resilience.az-loss"));
    QCOMPARE(item.team.at.offsetFromUtc(), -12'600);
    QCOMPARE(item.team.at.toSecsSinceEpoch() - item.reviewer.at.toSecsSinceEpoch(), 12'600);
    const QByteArray written = writeReview(read->review, read->base);
    QVERIFY2(written.contains("at: 2026-11-20T10:15:00-03:30\n")
                 && written.contains("at: 2026-11-20T10:15:00Z\n"),
             written.constData());
}

QTEST_APPLESS_MAIN(TestReviewFile)
#include "tst_reviewfile.moc"
