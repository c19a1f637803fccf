// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/commandpurpose.h>

#include <analysis/commandoptions.h>
#include <evidence/glob.h>
#include <evidence/pipelines/commandwords.h>
#include <evidence/pipelines/shell.h>

#include <QMultiHash>
#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

struct Row {
    QList<QStringList> words; ///< alternatives per word
    QStringList needs, unless, failsWith, neverFails;
    unsigned kinds = 0;
};

QStringList alternatives(const char *text)
{
    return QString::fromLatin1(text).split(u'|', Qt::SkipEmptyParts);
}

const std::vector<Row> &rows()
{
    static const std::vector<Row> all = [] {
        std::vector<Row> rows;
        for (const CommandRow &given : commandTable()) {
            Row row{{}, alternatives(given.needs), alternatives(given.unless), alternatives(given.failsWith),
                    alternatives(given.neverFails), given.kinds};
            for (const QString &word : QString::fromLatin1(given.words).split(u' ', Qt::SkipEmptyParts))
                row.words.append(word == u"||" ? QStringList{word} : word.split(u'|', Qt::SkipEmptyParts));
            rows.push_back(std::move(row));
        }
        return rows;
    }();
    return all;
}

bool fits(const QString &word, const QStringList &alternatives)
{
    return std::ranges::any_of(alternatives, [&](const QString &a) {
        return a == word || (a.contains(u'*') && matchesGlob(word, a));
    });
}

/// Lines by program; programs written with `*` under an empty name.
std::vector<const Row *> rowsFor(const QString &program)
{
    static const QMultiHash<QString, const Row *> index = [] {
        QMultiHash<QString, const Row *> index;
        for (const Row &row : rows()) {
            for (const QString &name : row.words.first())
                index.insert(name.contains(u'*') ? QString() : name, &row);
        }
        return index;
    }();
    std::vector<const Row *> found;
    for (const QString &key : {program, QString()}) {
        for (const Row *row : index.values(key)) {
            if (!key.isEmpty() || fits(program, row->words.first()))
                found.push_back(row);
        }
    }
    return found;
}

bool matchesRow(const Row &row, const QStringList &words)
{
    qsizetype next = 1;
    for (const QString &word : words.mid(1)) {
        if (next < row.words.size() && !word.startsWith(u'-') && fits(word, row.words[next]))
            ++next;
    }
    return next == row.words.size() && (row.needs.isEmpty() || hasOption(words, row.needs)) && !hasOption(words, row.unless);
}

bool isOnlyTold(const Row &row, const QStringList &words)
{
    if (!(row.kinds & (BuildsImage | PushesImage | Lints | TestsUnits | ScansImage)))
        return false; // `helm upgrade --version 1.2`
    for (const QString &word : words.mid(1)) {
        if (word == u"--")
            return false;
        if (word.startsWith(u'-') && !row.needs.contains(word) && onlyTells(words[0], word))
            return true;
    }
    const bool gradle = words[0] == u"gradlew" || words[0] == u"gradle";
    return gradle && (words.contains(QStringLiteral("help")) || words.contains(QStringLiteral("tasks")));
}

/// Words as the table has them: tasks of Gradle without their project, without what `-x` takes out.
QStringList normalised(QStringList words)
{
    words[0] = programName(words[0]);
    if (words[0] == u"gradlew" || words[0] == u"gradle") {
        QStringList excluded;
        for (qsizetype i = 1; i + 1 < words.size(); ++i) {
            if (words[i] == u"-x" || words[i] == u"--exclude-task") {
                excluded.append(words.takeAt(i + 1).section(u':', -1));
                words.removeAt(i--);
            }
        }
        for (QString &word : words)
            word = word.startsWith(u'-') ? word : word.section(u':', -1);
        if (excluded.contains(QStringLiteral("test"))) // `build -x test` still is a build, without tests
            words.removeIf([](const QString &w) { return w == u"build" || w == u"check" || w == u"test"; });
        if (excluded.contains(QStringLiteral("check")))
            words.removeAll(QStringLiteral("build"));
    }
    if (words[0].startsWith(u"golangci-lint") || words[0].startsWith(u"kube-linter"))
        words[0] = words[0].section(u'@', 0, 0);
    return words;
}

/// make goes on whatever fails.
bool ignoresErrors(const QStringList &words)
{
    return (words[0] == u"make" || words[0] == u"gmake") && std::ranges::any_of(words, [](const QString &w) {
        return w == u"--ignore-errors" || hasLetter(w, u"i");
    });
}

void judgeFailure(const Row &row, const QStringList &words, FoundStep &step)
{
    for (const QString &option : row.neverFails) {
        if (hasOption(words, {option})) {
            step.canFail = Tri::No;
            step.lacks = option;
        }
    }
    if (ignoresErrors(words)) {
        step.canFail = Tri::No;
        step.lacks = QStringLiteral("-i");
    }
    if (row.failsWith.isEmpty())
        return;
    Tri can = Tri::No;
    for (const QString &option : row.failsWith) {
        const auto value = optionValue(words, option);
        if (!value || *value == u"0" || *value == u"false" || *value == u"none")
            continue;
        can = either(can, value->startsWith(u'$') ? Tri::Maybe : Tri::Yes);
    }
    step.canFail = std::min(step.canFail, can);
    if (can != Tri::Yes)
        step.lacks = row.failsWith.first() == u"never" ? QString() : row.failsWith.first();
}

/// What a scan of an image looks for: `--scanners secret` finds no vulnerability, and `grype dir:.` sees no image.
/// Nothing: it cannot be seen.
std::optional<bool> scansVulnerabilities(const QStringList &words)
{
    if (words[0] == u"trivy") {
        if (hasOption(words, {QStringLiteral("--download-db-only"), QStringLiteral("--download-java-db-only")}))
            return false;
        for (const char *option : {"--scanners", "--security-checks"}) {
            const auto asked = optionValue(words, QString::fromLatin1(option));
            if (asked && asked->contains(u'$'))
                return {};
            if (asked && !asked->split(u',').contains(QStringLiteral("vuln")))
                return false;
        }
    }
    if (words[0] != u"grype")
        return true;
    static const QStringList verbs{QStringLiteral("db"), QStringLiteral("version"), QStringLiteral("config"), QStringLiteral("help"),
                                   QStringLiteral("explain"), QStringLiteral("completion"), QStringLiteral("cpe")};
    static const QStringList valued{QStringLiteral("--fail-on"), QStringLiteral("-f"), QStringLiteral("-o"), QStringLiteral("--output"),
                                    QStringLiteral("-c"), QStringLiteral("--config"), QStringLiteral("--scope"), QStringLiteral("-s"), QStringLiteral("--file")};
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString &word = words[i];
        if (valued.contains(word))
            ++i;
        else if (word.startsWith(u"sbom:"))
            return {}; // of an image, or of files
        else if (!word.startsWith(u'-'))
            return !(verbs.contains(word) || word.startsWith(u"dir:") || word.startsWith(u"file:") || word == u"." || word.startsWith(u"./"));
    }
    return true;
}

/// Names of tasks that test, yet no units.
bool isOtherTest(const QString &name)
{
    static const QRegularExpression other(QStringLiteral("e2e|load|smoke|perf|stress|bench|deploy|acceptance|integration"),
                                          QRegularExpression::CaseInsensitiveOption);
    return other.match(name).hasMatch();
}

bool tellsSlack(const QStringList &words)
{
    static const QStringList programs{QStringLiteral("curl"), QStringLiteral("wget"), QStringLiteral("http"), QStringLiteral("xh")};
    if (!programs.contains(words[0]))
        return false;
    return std::ranges::any_of(words, [](const QString &w) {
        return w.contains(u"hooks.slack.com") || w.contains(u"slack.com/api/chat.postMessage")
            || (w.contains(u"slack", Qt::CaseInsensitive) && w.contains(u'$')
                && (w.contains(u"webhook", Qt::CaseInsensitive) || w.contains(u"url", Qt::CaseInsensitive)));
    });
}

/// A program that runs a file of its own language: nothing of it can be seen.
bool runsProgramText(const QStringList &words)
{
    static const QStringList languages{QStringLiteral("node"), QStringLiteral("python"), QStringLiteral("python3"),
                                       QStringLiteral("ruby"), QStringLiteral("perl"), QStringLiteral("php"),
                                       QStringLiteral("java"), QStringLiteral("ts-node"), QStringLiteral("tsx"),
                                       QStringLiteral("bash"), QStringLiteral("sh"), QStringLiteral("eval"),
                                       QStringLiteral("pwsh"), QStringLiteral("zsh")};
    return languages.contains(words[0]);
}

bool isInline(const QStringList &words)
{
    static const QStringList flags{QStringLiteral("-c"), QStringLiteral("-e"), QStringLiteral("-p"), QStringLiteral("-V"),
                                   QStringLiteral("-v"), QStringLiteral("--version"), QStringLiteral("-")};
    return words.size() > 1 && flags.contains(words[1]);
}

} // namespace

bool onlyPrints(const QStringList &words)
{
    static const QStringList programs{
        QStringLiteral("echo"), QStringLiteral("printf"), QStringLiteral("true"), QStringLiteral(":"), QStringLiteral("false"),
        QStringLiteral("cd"), QStringLiteral("ls"), QStringLiteral("cat"), QStringLiteral("pwd"), QStringLiteral("exit"),
        QStringLiteral("sleep"), QStringLiteral("set"), QStringLiteral("export"), QStringLiteral("date"), QStringLiteral("env"),
        QStringLiteral("printenv"), QStringLiteral("test"), QStringLiteral("["), QStringLiteral("[["), QStringLiteral("read")};
    return words.isEmpty() || programs.contains(words[0]);
}

namespace {

bool runsTasks(const QString &program)
{
    static const QStringList programs{QStringLiteral("make"), QStringLiteral("gmake"), QStringLiteral("just"), QStringLiteral("task"),
                                      QStringLiteral("mage"), QStringLiteral("invoke"), QStringLiteral("inv"), QStringLiteral("npm-script")};
    return programs.contains(program);
}

/// Every line of the table that the words fit.
Purpose byTable(const QStringList &words)
{
    Purpose purpose;
    for (const Row *row : rowsFor(words[0])) {
        if (!matchesRow(*row, words))
            continue;
        purpose.known = true;
        if (!row->kinds || isOnlyTold(*row, words))
            continue;
        FoundStep step;
        step.kinds = row->kinds;
        if (step.kinds == TestsUnits && runsTasks(words[0]) && std::ranges::any_of(words.mid(1), isOtherTest)) {
            purpose.known = false;
            continue;
        }
        judgeFailure(*row, words, step);
        if (step.kinds == ScansImage) {
            const auto scans = scansVulnerabilities(words);
            if (scans == false)
                continue;
            step.canFail = scans ? step.canFail : std::min(step.canFail, Tri::Maybe);
        }
        purpose.found.push_back(std::move(step));
    }
    return purpose;
}

/// Another machine runs it, or a file says what is done that nobody has looked for.
bool isElsewhere(const QStringList &words)
{
    if (words[0] == u"gcloud")
        return words.mid(1, 2) == QStringList{QStringLiteral("builds"), QStringLiteral("submit")} && !hasOption(words, {QStringLiteral("--tag"), QStringLiteral("-t")});
    static const QStringList valued{QStringLiteral("-i"), QStringLiteral("-p"), QStringLiteral("-l"), QStringLiteral("-o"), QStringLiteral("-F"), QStringLiteral("-J")};
    int plain = 0;
    for (qsizetype i = 1; words[0] == u"ssh" && i < words.size(); ++i) {
        if (valued.contains(words[i]))
            ++i;
        else
            plain += words[i].startsWith(u'-') ? 0 : 1;
    }
    return plain > 1;
}

} // namespace

Purpose purposeOf(const QStringList &given)
{
    const InnerCommand command = innerCommand(given);
    const QStringList &inner = command.words;
    if (inner.isEmpty())
        return {true, {}};
    Purpose purpose;
    const auto scripts = packageScripts(inner);
    const QStringList words = normalised(scripts ? QStringList{QStringLiteral("npm-script")} + scripts->names : inner);
    purpose = byTable(words);
    if (scripts && scripts->maybe && purpose.found.empty() && !scripts->words.isEmpty())
        purpose = byTable(normalised(scripts->words)); // `yarn jest` runs jest where it is no script
    if (tellsSlack(words)) {
        FoundStep step;
        step.kinds = TellsSlack;
        purpose.found.push_back(std::move(step));
    }
    for (FoundStep &step : purpose.found) {
        if (command.ignoresFailure) {
            step.canFail = Tri::No;
            step.lacks = QStringLiteral("-exec … \\;");
        }
    }
    if (runsProgramText(words) && isInline(words))
        purpose.known = true;
    purpose.known = (purpose.known && !isElsewhere(words)) || !purpose.found.empty();
    return purpose;
}

} // namespace tenken
