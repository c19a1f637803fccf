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
        QVERIFY(frozenOf(evidence, {{}, {QStringLiteral("deploy/")}}).uncommitted.isEmpty());
        QVERIFY(frozenOf(evidence, {{}, {QStringLiteral(".")}}).uncommitted.isEmpty());
        QCOMPARE(int(frozenOf(evidence, {{}, {QStringLiteral("dep")}}).uncommitted.size()), 2); // no folder
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
        f.outsideGit = {QStringLiteral("b")};
        const auto read = readFrozen(made::reviewJson(f));
        QVERIFY(read.has_value());
        QCOMPARE(read->reviewId, f.reviewId);
        QCOMPARE(read->commit, f.commit);
        QCOMPARE(read->validUntil, f.validUntil);
        QCOMPARE(read->rule.roles, f.rule.roles);
        QCOMPARE(read->checklists, f.checklists);
        QCOMPARE(read->uncommitted, f.uncommitted);
        QCOMPARE(read->outsideGit, f.outsideGit);
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
            for (const EvidenceFile &file : compareEvidence(list, m_folder->path(), signedCommit)) {
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
        git({"checkout", "-q", "--orphan", "other"});
        commit(QStringLiteral("Elsewhere"));
        QVERIFY(check(first).contains(QStringLiteral("does not follow the signed commit")));
    }
};

QTEST_GUILESS_MAIN(TestFrozen)
#include "tst_frozen.moc"
