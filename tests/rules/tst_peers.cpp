// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workloadcases.h"

#include <QDir>
#include <QDirIterator>

using namespace tenken;
using namespace tenken::test;

/// The cases of other linters' own tests: nothing crashes, every finding is whole, and where they ask the same question
/// as a rule here (tests/rules/peers.tsv says which) the answers agree in at least 97 of 100.
class TestPeers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFixtureIsJudged();
    void everyCheckIsMapped();
    void answersAgree();
};

namespace {

const QString folder = QStringLiteral(TENKEN_SHARED_DATA "/peers");
constexpr double wantedAgreement = 0.97;

QList<QStringList> table(const QString &path)
{
    QList<QStringList> rows;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        if (!line.isEmpty() && !line.startsWith(u'#'))
            rows << line.split(u'\t');
    }
    return rows;
}

/// A line of peers.tsv.
struct Question {
    QString peer, check, rule;
    QStringList titles;
    QString only;
    QString why;
    bool anywhere = false; ///< of whatever object: theirs names another one of the same matter
};

QList<Question> questions()
{
    QList<Question> all;
    for (const QStringList &row : table(QStringLiteral(TENKEN_SOURCE_DIR "/tests/rules/peers.tsv")))
        all << Question{row.value(0), row.value(1), row.value(2).section(u' ', 0, 0),
                        row.value(3).split(u'|', Qt::SkipEmptyParts), row.value(4), row.value(5),
                        row.value(2).endsWith(QLatin1String(" anywhere"))};
    return all;
}

/// A row of their cases.tsv.
struct Case {
    QString peer, path, check, expected, object, note;
};

QList<Case> cases()
{
    QList<Case> all;
    for (const QStringList &row : table(folder + QStringLiteral("/cases.tsv")).sliced(1))
        all << Case{row.value(0), row.value(1), row.value(2), row.value(4), row.value(5), row.value(6)};
    return all;
}

bool takes(const Question &question, const Case &c)
{
    if (question.only.isEmpty())
        return true;
    const bool without = question.only.startsWith(u'!');
    const QString text = c.object + u' ' + c.note;
    return text.contains(without ? question.only.sliced(1) : question.only) != without;
}

const Question *questionOf(const QList<Question> &all, const Case &c)
{
    const auto found = std::ranges::find_if(all, [&](const Question &q) { return q.peer == c.peer && q.check == c.check; });
    return found == all.end() ? nullptr : &*found;
}

Evidence evidenceOfFile(const QString &path, const Service &service)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    Evidence e;
    e.manifests = std::make_shared<Manifests>(readManifests({YamlFile::parse(file.readAll(), QStringLiteral("k8s.yaml"))}).value);
    e.service = service;
    return e;
}

/// The versions that istio's cases were written for; nothing else is known of the service.
Service serviceFor(const Case &c)
{
    Service service;
    service.mesh.value = true;
    service.meshDefaults.value = true; // what istio's cases were made with
    service.kubernetesVersion.value = QVersionNumber(1, 33);
    service.istioVersion.value = c.path.contains(QLatin1String("1.26.0")) ? QVersionNumber(1, 26) : QVersionNumber(1, 27);
    return service;
}

/// "doc[1] Deployment/shop/app container=web": the finding is about that object, and that container where one is named.
bool isAbout(const Finding &f, const Case &c)
{
    const QString object = c.object.section(u' ', 1, 1);
    const QString container = c.object.contains(u'=') ? c.object.section(u'=', 1).section(u' ', 0, 0) : QString();
    if (!container.isEmpty() && !f.container.isEmpty() && f.container != container)
        return false;
    const QString name = object.section(u'/', -1);
    return f.object.isEmpty() || object.isEmpty()
        || (f.object.section(u'/', 0, 0) == object.section(u'/', 0, 0)
            && (name == u"-" || f.object.section(u'/', -1) == name));
}

/// "Title" or "Title~one,other": only findings whose measured value holds one of these words count; "~!one,other": none.
bool answers(const Finding &f, const QString &title)
{
    const QString narrowed = title.section(u'~', 1);
    const bool without = narrowed.startsWith(u'!');
    const QStringList words = narrowed.sliced(without ? 1 : 0).split(u',', Qt::SkipEmptyParts);
    const bool holds = std::ranges::any_of(words, [&](const QString &w) { return f.measured.en.contains(w); });
    return (title == u"*" || f.title.en.startsWith(title.section(u'~', 0, 0))) && (words.isEmpty() || holds != without);
}

struct Answer {
    bool bad = false;
    QByteArray findings;
};

Answer answerTo(const Case &c, const Question &question)
{
    const auto findings = judge(evidenceOfFile(folder + u'/' + c.peer + u'/' + c.path, serviceFor(c)), question.rule);
    Answer answer;
    answer.findings = printed(findings);
    for (const Finding &f : findings) {
        if (!(question.anywhere || isAbout(f, c))
            || std::ranges::none_of(question.titles, [&](const QString &t) { return answers(f, t); }))
            continue;
        answer.bad = answer.bad || f.verdict == Verdict::Fail || f.verdict == Verdict::Warn;
    }
    return answer;
}

} // namespace

void TestPeers::everyFixtureIsJudged()
{
    if (!QDir(folder).exists())
        QSKIP("no cases of other linters beside the repository");
    int judged = 0;
    for (QDirIterator it(folder, {"*.yaml", "*.yml"}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
        const QString path = it.next();
        for (const Service &service : {Service{}, declaredService()}) {
            const Evidence evidence = evidenceOfFile(path, service);
            for (const Rule &rule : allRules()) {
                if (rule.needs != Rule::Source::Manifests)
                    continue;
                const auto findings = judge(evidence, QString::fromUtf8(rule.name));
                QVERIFY2(!findings.empty(), qPrintable(path));
                checkWords(findings);
                if (QTest::currentTestFailed())
                    QFAIL(qPrintable(path + u' ' + QLatin1String(rule.name)));
            }
        }
        ++judged;
    }
    QVERIFY(judged > 100);
}

void TestPeers::everyCheckIsMapped()
{
    for (const Question &q : questions()) {
        QVERIFY2(q.rule == u"-" ? !q.why.isEmpty() : findRule(q.rule) && !q.titles.isEmpty(),
                 qPrintable(q.peer + u' ' + q.check));
    }
    if (!QDir(folder).exists())
        QSKIP("no cases of other linters beside the repository");
    const QList<Question> all = questions();
    for (const Case &c : cases())
        QVERIFY2(questionOf(all, c), qPrintable(c.peer + u' ' + c.check + QStringLiteral(" is missing in peers.tsv")));
}

void TestPeers::answersAgree()
{
    if (!QDir(folder).exists())
        QSKIP("no cases of other linters beside the repository");
    const QList<Question> all = questions();
    int mapped = 0, agreed = 0;
    for (const Case &c : cases()) {
        const Question *question = questionOf(all, c);
        if (!question || question->rule == u"-" || c.note.contains(QLatin1String("DISPUTED")) || !takes(*question, c))
            continue;
        ++mapped;
        const Answer answer = answerTo(c, *question);
        if (answer.bad == (c.expected == u"fail")) {
            ++agreed;
            continue;
        }
        qInfo("%s: %s, %s: wanted %s\n%s", qPrintable(c.peer + u' ' + c.check), qPrintable(c.path), qPrintable(c.object),
              qPrintable(c.expected), answer.findings.constData());
    }
    qInfo("%d of %d cases of other linters agree", agreed, mapped);
    QVERIFY(mapped > 100);
    QVERIFY2(agreed >= mapped * wantedAgreement, qPrintable(QStringLiteral("%1 of %2").arg(agreed).arg(mapped)));
}

QTEST_APPLESS_MAIN(TestPeers)
#include "tst_peers.moc"
