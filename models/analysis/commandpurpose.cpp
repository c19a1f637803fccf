// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/commandpurpose.h>

#include <evidence/glob.h>
#include <evidence/pipelines/commandwords.h>
#include <evidence/pipelines/shell.h>

#include <QMultiHash>

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

/// The option among the words, alone, as `--option=value`, or as a part of a value (`type=registry`).
std::optional<QString> optionValue(const QStringList &words, const QString &option)
{
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString &word = words[i];
        if (word == option) {
            const QString next = words.value(i + 1);
            return next.startsWith(u'-') ? QString() : next;
        }
        if (word.startsWith(option + u'='))
            return word.sliced(option.size() + 1);
        if (!option.startsWith(u'-') && word.contains(option))
            return QString();
    }
    return {};
}

bool hasOption(const QStringList &words, const QStringList &options)
{
    return std::ranges::any_of(options, [&](const QString &option) {
        const auto value = optionValue(words, option);
        return value && *value != u"false";
    });
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

void judgeFailure(const Row &row, const QStringList &words, FoundStep &step)
{
    for (const QString &option : row.neverFails) {
        if (hasOption(words, {option})) {
            step.canFail = Tri::No;
            step.lacks = option;
        }
    }
    if (row.failsWith.isEmpty())
        return;
    const bool can = std::ranges::any_of(row.failsWith, [&](const QString &option) {
        const auto value = optionValue(words, option);
        return value && *value != u"0" && *value != u"false" && *value != u"none";
    });
    if (!can) {
        step.canFail = Tri::No;
        step.lacks = row.failsWith.first() == u"never" ? QString() : row.failsWith.first();
    }
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

Purpose purposeOf(const QStringList &given)
{
    QStringList inner = innerCommand(given).words;
    if (inner.isEmpty())
        return {true, {}};
    Purpose purpose;
    if (const auto scripts = packageScripts(inner)) {
        inner = QStringList{QStringLiteral("npm")} + scripts->names;
        purpose.known = true;
    }
    const QStringList words = normalised(inner);
    for (const Row *row : rowsFor(words[0])) {
        if (!matchesRow(*row, words))
            continue;
        purpose.known = true;
        if (!row->kinds)
            continue;
        FoundStep step;
        step.kinds = row->kinds;
        judgeFailure(*row, words, step);
        purpose.found.push_back(std::move(step));
    }
    if (tellsSlack(words)) {
        FoundStep step;
        step.kinds = TellsSlack;
        purpose.found.push_back(std::move(step));
    }
    if (runsProgramText(words) && isInline(words))
        purpose.known = true;
    purpose.known = purpose.known || !purpose.found.empty();
    return purpose;
}

} // namespace tenken
