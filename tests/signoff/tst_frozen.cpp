// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

#include <review/decision.h>
#include <rules/checklist.h>

#include <QTest>

using namespace tenken;

/// What is signed is what was judged: against git, at the moment of export and later.
class TestFrozen : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QByteArray git(const QStringList &arguments) const
    {
        return made::output(QStringLiteral("git"),
                            QStringList{"-c", "user.name=Sato", "-c", "user.email=sato@example.com", "-c",
                                        "commit.gpgsign=false"}
                                + arguments,
                            nullptr, m_folder->path());
    }

    void put(const QString &name, const QByteArray &text) const
    {
        QDir().mkpath(QFileInfo(m_folder->filePath(name)).path());
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    void commit(const QString &message) const
    {
        git({"add", "-A"});
        git({"commit", "-q", "-m", message});
    }

    Evidence read() const
    {
        auto evidence = readEvidence(m_folder->path());
        return evidence ? *evidence : Evidence();
    }

    static Frozen frozenOf(const Evidence &evidence, const FreezeOptions &options = {},
                           const Outcome *outcome = nullptr)
    {
        return freeze(evidence, *builtinChecklist(QStringLiteral("zozotown")), outcome,
                      QDateTime(QDate(2026, 11, 20), QTime(9, 12), QTimeZone::UTC), options);
    }

private slots:
    void init()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty())
            QSKIP("git is not installed");
        m_folder = std::make_unique<QTemporaryDir>();
        put(QStringLiteral("readiness/service.yaml"),
            "format: tenken.service/1\nid: id-auth\nevidence: {manifests: [deploy/]}\n");
        put(QStringLiteral("deploy/api.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: api}\n");
        git({"init", "-q", "-b", "main"});
        commit(QStringLiteral("First"));
    }

    void committedFilesAreFrozen()
    {
        const Evidence evidence = read();
        const Frozen f = frozenOf(evidence);
        QCOMPARE(f.service, QStringLiteral("id-auth"));
        QCOMPARE(f.commit, git({"rev-parse", "HEAD"}).trimmed());
        QVERIFY2(f.uncommitted.isEmpty(), qPrintable(f.uncommitted.join(u' ')));
        QCOMPARE(f.version, evidence.gitCommit);
        QVERIFY(f.reviewId.startsWith(QStringLiteral("id-auth-20261120T091200Z-")));
        QCOMPARE(f.validUntil, QDate(2027, 5, 19));
        QCOMPARE(int(f.checklists.size()), 1);
        QCOMPARE(f.checklists.front().name, QStringLiteral("checklist/zozotown.yaml"));
        QCOMPARE(int(f.rule.roles.size()), 3);
    }

    void theVersionIsTheTagOrWhatIsSaid()
    {
        git({"tag", "v1.2.0"});
        QCOMPARE(frozenOf(read()).version, QStringLiteral("v1.2.0"));
        QCOMPARE(frozenOf(read(), {QStringLiteral("2026.47"), {}}).version, QStringLiteral("2026.47"));
    }

    void whatIsNotCommittedIsListed()
    {
        put(QStringLiteral("deploy/api.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: other}\n");
        put(QStringLiteral("deploy/new.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: new}\n");
        const Evidence evidence = read();
        QCOMPARE(frozenOf(evidence).uncommitted, (QStringList{"deploy/api.yaml", "deploy/new.yaml"}));
        const Frozen listed = frozenOf(evidence, {{}, {QStringLiteral("deploy/new.yaml")}});
        QCOMPARE(listed.uncommitted, QStringList{"deploy/api.yaml"});
        QCOMPARE(listed.outsideGit, QStringList{"deploy/new.yaml"});
        // What git has with other bytes is not outside git, whoever says so.
        for (const char *list : {"deploy/", "."}) {
            const Frozen all = frozenOf(evidence, {{}, {QString::fromLatin1(list)}});
            QCOMPARE(all.uncommitted, QStringList{"deploy/api.yaml"});
            QCOMPARE(all.changed, QStringList{"deploy/api.yaml"});
            QCOMPARE(all.outsideGit, QStringList{"deploy/new.yaml"});
        }
        put(QStringLiteral(".gitattributes"), "*.yaml filter=crypt\n"); // git keeps other bytes of those
        QVERIFY(frozenOf(evidence, {{}, {QStringLiteral(".")}}).uncommitted.isEmpty());
        QCOMPARE(int(frozenOf(evidence, {{}, {QStringLiteral("dep")}}).uncommitted.size()), 2); // no folder
    }

    void answersAreJudgedToo()
    {
        const QByteArray answers = "format: tenken.review/1\nservice: id-auth\n";
        const auto frozenWith = [&](const QByteArray &bytes, const QStringList &outside = {}) {
            return frozenOf(read(), {{}, outside, bytes.isEmpty() ? QByteArray() : sha256Hex(bytes)});
        };
        QVERIFY(frozenWith({}).uncommitted.isEmpty()); // there are none
        put(QStringLiteral("readiness/review.yaml"), answers);
        QCOMPARE(frozenWith(answers).uncommitted, QStringList{"readiness/review.yaml"});
        QCOMPARE(frozenWith(answers, {QStringLiteral("readiness/")}).outsideGit, QStringList{"readiness/review.yaml"});
        commit(QStringLiteral("Answers"));
        QVERIFY(frozenWith(answers).uncommitted.isEmpty());
        QCOMPARE(frozenWith(answers + "x: 1\n").changed, QStringList{"readiness/review.yaml"});
    }

    void answersAreComparedLater()
    {
        const QByteArray answers = "format: tenken.review/1\n";
        const auto words = [&](const std::optional<QByteArray> &then) {
            EvidenceThen was{{}, git({"rev-parse", "HEAD"}).trimmed(), {}, then};
            const auto files = compareEvidence(was, m_folder->path()).files;
            const auto found = std::ranges::find(files, QStringLiteral("readiness/review.yaml"), &EvidenceFile::path);
            return found == files.end() ? QString() : found->words.en;
        };
        QCOMPARE(words(QByteArray()), QString());
        QCOMPARE(words(sha256Hex(answers)), QStringLiteral("removed since sign-off"));
        put(QStringLiteral("readiness/review.yaml"), answers);
        QCOMPARE(words(QByteArray()), QStringLiteral("new since sign-off"));
        QCOMPARE(words(sha256Hex(answers)), QStringLiteral("unchanged"));
        QCOMPARE(words(sha256Hex("other")), QStringLiteral("changed since sign-off, not committed"));
        QCOMPARE(words(std::nullopt), QString()); // an earlier document does not say
    }

    void newFilesOfASnapshotAreNamed()
    {
        put(QStringLiteral("readiness/service.yaml"),
            "format: tenken.service/1\nid: id-auth\nevidence:\n  manifests: [deploy/]\n  datadog: readiness/datadog\n"
            "  prometheus: {rules: [prometheus/*.yaml]}\n");
        put(QStringLiteral("readiness/datadog/monitors.json"), "[]\n");
        put(QStringLiteral("prometheus/a.yaml"), "groups: []\n");
        commit(QStringLiteral("Snapshot"));
        const auto list = [&] {
            QByteArray lines;
            for (const SourceFile &file : read().files)
                lines += file.sha256 + "  " + file.path.toUtf8() + '\n';
            return lines;
        };
        const EvidenceThen then{list(), git({"rev-parse", "HEAD"}).trimmed()};
        const auto added = [&] {
            QStringList found;
            for (const EvidenceFile &file : compareEvidence(then, m_folder->path()).files) {
                if (file.state != EvidenceFile::State::Same)
                    found << file.path + u' ' + file.words.en;
            }
            return found.join(u'\n');
        };
        QVERIFY2(then.digests.contains("monitors.json") && then.digests.contains("prometheus/a.yaml"), then.digests);
        QCOMPARE(added(), QString());
        put(QStringLiteral("readiness/datadog/monitors2.json"), "[]\n");
        put(QStringLiteral("prometheus/b.yaml"), "groups: []\n");
        QCOMPARE(added(), QStringLiteral("prometheus/b.yaml new since sign-off\n"
                                         "readiness/datadog/monitors2.json new since sign-off"));
    }

    void otherRootsAreComparedWhereTheyAreAllowed()
    {
        QTemporaryDir other;
        const auto write = [&](const QByteArray &text) {
            QFile file(other.filePath(QStringLiteral("mesh.yaml")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        const QByteArray mesh = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mesh}\n";
        write(mesh);
        put(QStringLiteral("readiness/service.yaml"),
            "format: tenken.service/1\nid: id-auth\nevidence:\n  roots: [{name: app, path: '"
                + QDir(m_folder->path()).relativeFilePath(other.path()).toUtf8()
                + "'}]\n  manifests: [deploy/, 'app:mesh.yaml']\n");
        const EvidenceThen then{sha256Hex(mesh) + "  app:mesh.yaml\n", {}, QStringList{"app"}};
        Permissions allowed;
        allowed.roots = {QFileInfo(other.path()).canonicalFilePath()};
        const auto words = [&](const Permissions &permissions) {
            const auto files = compareEvidence(then, m_folder->path(), permissions).files;
            const auto found = std::ranges::find(files, QStringLiteral("app:mesh.yaml"), &EvidenceFile::path);
            return found == files.end() ? QString() : found->words.en;
        };
        QCOMPARE(words({}), QStringLiteral("in another repository, not compared"));
        QCOMPARE(words(allowed), QStringLiteral("unchanged"));
        write("changed: true\n");
        QCOMPARE(words(allowed), QStringLiteral("changed since sign-off"));
    }

    void aColonMayBePartOfAName()
    {
        put(QStringLiteral("k8s:prod/d.yaml"), "a: 1\n");
        const EvidenceThen then{sha256Hex("a: 1\n") + "  k8s:prod/d.yaml\n", {}, QStringList{}};
        const auto state = [&] {
            const auto files = compareEvidence(then, m_folder->path()).files;
            return std::ranges::find(files, QStringLiteral("k8s:prod/d.yaml"), &EvidenceFile::path)->state;
        };
        QCOMPARE(state(), EvidenceFile::State::Same);
        put(QStringLiteral("k8s:prod/d.yaml"), "a: 2\n");
        QCOMPARE(state(), EvidenceFile::State::Changed);
    }

    void changedAfterReadingIsSeen()
    {
        const Evidence evidence = read();
        put(QStringLiteral("deploy/api.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: swapped}\n");
        commit(QStringLiteral("Swapped between reading and freezing"));
        QCOMPARE(frozenOf(evidence).uncommitted,
                 QStringList{"deploy/api.yaml"}); // HEAD holds other bytes than were read
    }

    void outsideGitEverythingIsToBeListed()
    {
        QVERIFY(QDir(m_folder->filePath(QStringLiteral(".git"))).removeRecursively());
        const Frozen f = frozenOf(read());
        QVERIFY(f.commit.isEmpty());
        QCOMPARE(int(f.uncommitted.size()), 2);
        QCOMPARE(f.version, QStringLiteral("2026-11-20"));
    }

    void aWaiverEndsItSooner()
    {
        const auto review = [](const QDate &expires, const QString &approver) {
            Review r;
            ItemReview item;
            item.id = QStringLiteral("resilience.timeouts");
            Waiver waiver;
            waiver.reason = waiver.control = QStringLiteral("x");
            waiver.requester = QStringLiteral("sato");
            waiver.approver = approver;
            waiver.expires = expires;
            item.waivers.push_back(waiver);
            r.items.push_back(item);
            return r;
        };
        const Evidence evidence = read();
        const Checklist checklist = *builtinChecklist(QStringLiteral("zozotown"));
        const auto frozenWith = [&](const Review &r) {
            const Outcome outcome = decide(checklist, Assessment{}, &r, QDate(2026, 11, 20));
            return frozenOf(evidence, {}, &outcome);
        };
        const auto until = [&](const Review &r) { return frozenWith(r).validUntil; };
        QCOMPARE(until(review(QDate(2026, 11, 27), QStringLiteral("suzuki"))), QDate(2026, 11, 27));
        QCOMPARE(until(review(QDate(2028, 1, 1), QStringLiteral("suzuki"))), QDate(2027, 5, 19));
        QCOMPARE(until(review(QDate(2026, 11, 1), QStringLiteral("suzuki"))),
                 QDate(2027, 5, 19)); // ended before: waives nothing
        QCOMPARE(until(review(QDate(2026, 11, 27), QStringLiteral("sato"))),
                 QDate(2027, 5, 19)); // not complete
        const Review soon = review(QDate(2026, 11, 27), QStringLiteral("suzuki"));
        QVERIFY(frozenWith(soon).validBecause.en.contains(QStringLiteral("resilience.timeouts")));
        Review never = soon; // an item that nobody may waive
        never.items[0].id = QStringLiteral("release.image-pipeline");
        QVERIFY(!checklist.item(never.items[0].id)->waivable);
        QCOMPARE(until(never), QDate(2027, 5, 19));
        Review longer = soon; // what covers the item longest is what it stands on
        longer.items[0].waivers.push_back(soon.items[0].waivers[0]);
        longer.items[0].waivers[1].expires = QDate(2026, 12, 20);
        QCOMPARE(until(longer), QDate(2026, 12, 20));
    }

    void aWaiverOfAFindingEndsItSooner()
    {
        Item item;
        item.id = QStringLiteral("a");
        ItemResult result;
        Finding finding;
        finding.waived = Acceptance{QStringLiteral("x"), QStringLiteral("suzuki"), QDate(2026, 12, 20)};
        result.findings.push_back(finding);
        Outcome outcome;
        ItemStanding is;
        is.item = &item;
        is.result = &result;
        outcome.items.push_back(is);
        QCOMPARE(frozenOf(read(), {}, &outcome).validUntil, QDate(2026, 12, 20));
    }

    void theDayBeforeTheDecisionDropsEndsIt_data()
    {
        QTest::addColumn<Decision>("now");
        QTest::addColumn<Decision>("then");
        QTest::addColumn<QDate>("day");
        QTest::addColumn<QDate>("until");
        const QDate rule(2027, 5, 19), day(2026, 12, 21);
        using enum Decision;
        QTest::newRow("drops to NO-GO") << Go << NoGo << day << day.addDays(-1);
        QTest::newRow("drops to conditional") << Go << ConditionalGo << day << day.addDays(-1);
        QTest::newRow("from conditional") << ConditionalGo << NoGo << day << day.addDays(-1);
        QTest::newRow("becomes better") << ConditionalGo << Go << day << rule;
        QTest::newRow("after the rule's days") << Go << NoGo << rule.addDays(10) << rule;
        QTest::newRow("the rule's last day") << Go << NoGo << rule << rule.addDays(-1);
        QTest::newRow("tomorrow") << Go << NoGo << QDate(2026, 11, 21) << QDate(2026, 11, 20);
    }

    void theDayBeforeTheDecisionDropsEndsIt()
    {
        QFETCH(Decision, now);
        QFETCH(Decision, then);
        QFETCH(QDate, day);
        QFETCH(QDate, until);
        Outcome outcome;
        outcome.decision = now;
        outcome.forecast = {{day, then, {QStringLiteral("a")}, {"記録が古くなります", "the record grows too old"}}};
        const Frozen f = frozenOf(read(), {}, &outcome);
        QCOMPARE(f.validUntil, until);
        const bool sooner = until < QDate(2027, 5, 19);
        QCOMPARE(f.validBecause.en,
                 sooner ? QStringLiteral("the day after, it drops to %1: the record grows too old")
                              .arg(label(then).en)
                        : QStringLiteral("the checklist's 180 days"));
    }

    void comesBackOutOfTheReview()
    {
        Frozen f = made::frozen();
        f.uncommitted = {QStringLiteral("a")};
        f.changed = f.uncommitted;
        f.outsideGit = {QStringLiteral("b")};
        QVERIFY(!readFrozen(made::reviewJson(f))->answers); // as earlier versions wrote it
        f.answers = QByteArray(64, 'd');
        const auto read = readFrozen(made::reviewJson(f));
        QVERIFY(read.has_value());
        QCOMPARE(read->reviewId, f.reviewId);
        QCOMPARE(read->commit, f.commit);
        QCOMPARE(read->validUntil, f.validUntil);
        QCOMPARE(read->rule.roles, f.rule.roles);
        QCOMPARE(read->checklists, f.checklists);
        QCOMPARE(read->uncommitted, f.uncommitted);
        QCOMPARE(read->outsideGit, f.outsideGit);
        QCOMPARE(read->changed, f.changed);
        QCOMPARE(read->answers, f.answers);
        f.answers = QByteArray();
        QCOMPARE(readFrozen(made::reviewJson(f))->answers, std::optional(QByteArray()));
        QCOMPARE(read->judgedAt.toUTC(), f.judgedAt);
        for (const QByteArray &other : {QByteArray(), QByteArray("{}"), QByteArray("[]"),
                                        QByteArray("{\"format\":\"tenken.review/1\"}")})
            QVERIFY2(!readFrozen(other), other);
    }

    void evidenceIsComparedLater()
    {
        const Evidence evidence = read();
        QByteArray list;
        for (const SourceFile &file : evidence.files)
            list += file.sha256 + "  " + file.path.toUtf8() + '\n';
        list += QByteArray(64, '0') + "  app:src/Main.java\n" + QByteArray(64, '0') + "  ../../etc/passwd\n"
            + "nonsense\n";
        const QByteArray signedCommit = git({"rev-parse", "HEAD"}).trimmed();
        const auto words = [&](const char *path) {
            for (const EvidenceFile &file : compareEvidence({list, signedCommit}, m_folder->path()).files) {
                if (file.path == QLatin1StringView(path))
                    return file.words.en;
            }
            return QStringLiteral("not listed");
        };
        QCOMPARE(words("deploy/api.yaml"), QStringLiteral("unchanged"));
        QCOMPARE(words("app:src/Main.java"), QStringLiteral("in another repository, not compared"));
        QVERIFY(words("../../etc/passwd").contains(QStringLiteral("leads outside")));
        QCOMPARE(words("evidence.sha256"), QStringLiteral("1 of its lines cannot be compared"));
        QCOMPARE(words("deploy/new.yaml"), QStringLiteral("not listed"));
        put(QStringLiteral("deploy/new.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: new}\n");
        QCOMPARE(words("deploy/new.yaml"), QStringLiteral("new since sign-off"));
        QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("deploy/new.yaml"))));
        put(QStringLiteral("deploy/api.yaml"), "apiVersion: v1\n");
        QCOMPARE(words("deploy/api.yaml"), QStringLiteral("changed since sign-off, not committed"));
        commit(QStringLiteral("Changed"));
        const QString brief = QString::fromUtf8(git({"rev-parse", "--short", "HEAD"})).trimmed();
        QVERIFY2(words("deploy/api.yaml")
                     .startsWith(QStringLiteral("changed since sign-off by %1 Sato ").arg(brief)),
                 qPrintable(words("deploy/api.yaml")));
        QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("deploy/api.yaml"))));
        commit(QStringLiteral("Removed"));
        QVERIFY2(words("deploy/api.yaml").startsWith(QStringLiteral("removed since sign-off by ")),
                 qPrintable(words("deploy/api.yaml")));
    }

    void theCommitMustBeBefore()
    {
        Frozen f = made::frozen();
        const auto check = [&](const QByteArray &commitHash) {
            f.commit = commitHash;
            QByteArray list;
            for (const SourceFile &file : read().files)
                list += file.sha256 + "  " + file.path.toUtf8() + '\n';
            VerifyOptions options;
            options.repository = m_folder->path();
            const auto v = verifyDocument(made::body(f, list), options);
            const auto found = std::ranges::find(v->checks, QStringLiteral("repository"), &Check::id);
            return found->words.en;
        };
        const QByteArray first = git({"rev-parse", "HEAD"}).trimmed();
        QVERIFY2(check(first).startsWith(QStringLiteral("All 2 files are as they were signed")),
                 qPrintable(check(first)));
        QVERIFY(check(QByteArray(40, 'b')).contains(QStringLiteral("is not in this repository")));
        f.service = QStringLiteral("pay"); // another service's review, with the same files
        QCOMPARE(check(first), QStringLiteral("The folder is of the service id-auth, the review is of pay."));
        f.service = QStringLiteral("id-auth");
        git({"checkout", "-q", "--orphan", "other"});
        commit(QStringLiteral("Elsewhere"));
        QVERIFY(check(first).contains(QStringLiteral("does not follow the signed commit")));
    }
};

QTEST_GUILESS_MAIN(TestFrozen)
#include "tst_frozen.moc"
