// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/guidedraft.h>

#include <rules/evaluate.h>

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace tenken;

/// Drafts of guides on a copy of the demo service.
class TestGuideDraft : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void nothingIsOfferedThatIsThere();
    void offersWhatIsMissing();
    void offersWhatIsNotDeclared();
    void filledWithWhatIsKnown_data();
    void filledWithWhatIsKnown();
    void aDraftPassesNothing_data();
    void aDraftPassesNothing();
    void neverOverAFile();
    void neverOutsideTheFolder();

private:
    Evidence read() const;
    QString path(const char *relative) const { return m_folder + u'/' + QLatin1String(relative); }

    Checklist m_checklist;
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
};

void TestGuideDraft::initTestCase()
{
    const auto checklist = builtinChecklist("zozotown");
    QVERIFY(checklist.has_value());
    m_checklist = *checklist;
}

void TestGuideDraft::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_folder = m_dir->filePath("id-auth");
    QCOMPARE(QProcess::execute("cp", {"-r", TENKEN_SOURCE_DIR "/resources/demo/id-auth", m_folder}), 0);
}

Evidence TestGuideDraft::read() const
{
    ReadOptions options;
    options.onlyDeclared = true;
    auto evidence = readEvidence(m_folder, options);
    return evidence ? std::move(*evidence) : Evidence();
}

void TestGuideDraft::nothingIsOfferedThatIsThere()
{
    QVERIFY(missingGuides(read(), m_checklist).empty());
    QVERIFY(missingGuides({}, m_checklist).empty());
    QVERIFY(missingGuides(read(), {}).empty());
}

void TestGuideDraft::offersWhatIsMissing()
{
    QVERIFY(QFile::remove(path("docs/oncall.md")));
    const auto offers = missingGuides(read(), m_checklist);
    QCOMPARE(offers.size(), 1u);
    QCOMPARE(offers[0].itemId, "documentation.oncall");
    QCOMPARE(offers[0].path, "docs/oncall.md");
    QVERIFY(offers[0].declared && offers[0].snippet.isEmpty());
}

void TestGuideDraft::offersWhatIsNotDeclared()
{
    Evidence evidence = read();
    evidence.service.documents.clear();
    evidence.folder = m_dir->path();
    const auto offers = missingGuides(evidence, m_checklist);
    QCOMPARE(offers.size(), 3u);
    for (const GuideOffer &offer : offers) {
        QVERIFY(!offer.declared);
        QVERIFY(offer.snippet.contains(QStringLiteral("role: %1").arg(offer.role)));
        QCOMPARE(offer.path, QStringLiteral("docs/%1.md").arg(offer.role));
    }
    // A page in a wiki is a guide too.
    evidence.service.documents = {{"oncall", {}, "https://wiki.example.com/oncall", {}}};
    QCOMPARE(missingGuides(evidence, m_checklist).size(), 2u);
}

void TestGuideDraft::filledWithWhatIsKnown_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<Lang>("lang");
    for (const char *role : {"oncall", "onboarding", "release-flow"}) {
        QTest::addRow("%s ja", role) << QString::fromLatin1(role) << Lang::Ja;
        QTest::addRow("%s en", role) << QString::fromLatin1(role) << Lang::En;
    }
}

void TestGuideDraft::filledWithWhatIsKnown()
{
    QFETCH(QString, role);
    QFETCH(Lang, lang);
    Evidence evidence = read();
    const QString text = guideDraft({"x", role, "docs/x.md"}, evidence, lang);
    QVERIFY(text.contains(lang == Lang::Ja ? QStringLiteral("ID認証API") : QStringLiteral("ID authentication API")));
    QVERIFY2(!text.contains(QStringLiteral("{{")), qPrintable(text));
    if (role != u"release-flow")
        QVERIFY(text.contains(QStringLiteral("users-db (mysql)")));
    if (role == u"oncall")
        QVERIFY(text.contains(QStringLiteral("ID基盤チーム")));
    if (role == u"onboarding")
        QVERIFY(text.contains(QStringLiteral("Kubernetes 1.31")) && text.contains(QStringLiteral("web-bff")));
    // A name that looks like a key stays a name.
    evidence.service.name = {"{{team}}", "{{team}}"};
    QVERIFY(guideDraft({"x", role, "docs/x.md"}, evidence, lang).contains(QStringLiteral("{{team}}")));
    // What is not known stays open.
    QVERIFY(guideDraft({"x", role, "docs/x.md"}, {}, lang).contains(u'<'));
}

void TestGuideDraft::aDraftPassesNothing_data() { filledWithWhatIsKnown_data(); }

/// The rule that reads guides does not take a draft for a guide.
void TestGuideDraft::aDraftPassesNothing()
{
    QFETCH(QString, role);
    QFETCH(Lang, lang);
    const QString file = QStringLiteral("docs/%1.md").arg(role);
    QVERIFY(QFile::remove(m_folder + u'/' + file));
    const auto offers = missingGuides(read(), m_checklist);
    QCOMPARE(offers.size(), 1u);
    QVERIFY(writeGuideDraft(offers[0], read(), lang).has_value());
    const Evidence evidence = read();
    QVERIFY(missingGuides(evidence, m_checklist).empty());
    const Assessment assessment = evaluate(m_checklist, evidence, {offers[0].itemId});
    const ItemResult *result = assessment.item(offers[0].itemId);
    QVERIFY(result);
    QCOMPARE(toString(result->verdict), "fail");
    // Every heading that is asked for is there: what is left is to write.
    for (const Finding &f : result->findings) {
        if (f.rule == u"guide-headings")
            QVERIFY2(f.measured.en != u"0 headings", qPrintable(f.title.en));
    }
}

void TestGuideDraft::neverOverAFile()
{
    QVERIFY(QFile::remove(path("docs/oncall.md")));
    const Evidence evidence = read();
    const auto offers = missingGuides(evidence, m_checklist);
    QCOMPARE(offers.size(), 1u);
    QFile file(path("docs/oncall.md")); // somebody was faster
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    file.close();
    const auto written = writeGuideDraft(offers[0], evidence, Lang::En);
    QVERIFY(!written.has_value());
    QVERIFY(written.error().message.en.contains("not written over"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "mine");
}

void TestGuideDraft::neverOutsideTheFolder()
{
    const Evidence evidence = read();
    for (const QString &out : {QStringLiteral("../out.md"), QStringLiteral("/etc/out.md"), QStringLiteral("docs/../../out.md")})
        QVERIFY2(!writeGuideDraft({"x", "oncall", out}, evidence, Lang::En).has_value(), qPrintable(out));
    QVERIFY(QDir(m_dir->path()).mkdir("elsewhere"));
    QVERIFY(QFile::link(m_dir->filePath("elsewhere"), m_folder + "/linked"));
    QVERIFY(!writeGuideDraft({"x", "oncall", "linked/deep/oncall.md"}, evidence, Lang::En).has_value());
    QVERIFY(QDir(m_dir->filePath("elsewhere")).isEmpty());
}

QTEST_GUILESS_MAIN(TestGuideDraft)
#include "tst_guidedraft.moc"
