// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/codeowners.h>

#include <QMap>
#include <QRegularExpression>

namespace tenken {

namespace {

constexpr qsizetype mostLines = 20'000;

/// Words of a line; a backslash keeps a blank, a `#` that begins a word ends the line.
QStringList wordsOf(const QString &line)
{
    QStringList words;
    QString word;
    for (qsizetype i = 0; i <= line.size(); ++i) {
        const bool end = i == line.size() || line[i].isSpace();
        if (end || (line[i] == u'#' && word.isEmpty())) {
            if (!word.isEmpty())
                words.append(std::exchange(word, {}));
            if (!end)
                break;
        } else if (line[i] == u'\\' && i + 1 < line.size() && (line[i + 1] == u' ' || line[i + 1] == u'#')) {
            word += line[++i];
        } else {
            word += line[i];
        }
    }
    return words;
}

QString regexOf(QStringView glob)
{
    QString out;
    for (qsizetype i = 0; i < glob.size(); ++i) {
        if (glob.sliced(i).startsWith(u"**/")) {
            out += QStringLiteral("(?:.*/)?");
            i += 2;
        } else if (glob.sliced(i).startsWith(u"**")) {
            out += QStringLiteral(".*");
            ++i;
        } else if (glob[i] == u'*') {
            out += QStringLiteral("[^/]*");
        } else if (glob[i] == u'?') {
            out += QStringLiteral("[^/]");
        } else {
            out += QRegularExpression::escape(glob[i] == u'\\' && i + 1 < glob.size() ? QString(glob[++i]) : QString(glob[i]));
        }
    }
    return out;
}

} // namespace

bool matchesOwnersPattern(const QString &path, const QString &pattern, OwnersSystem system)
{
    QString body = pattern;
    const bool folder = body.endsWith(u'/');
    while (body.endsWith(u'/'))
        body.chop(1);
    const bool github = system == OwnersSystem::GitHub;
    const bool anchored = github ? body.contains(u'/') : body.startsWith(u'/');
    if (body.startsWith(u'/'))
        body.removeFirst();
    if (body.isEmpty())
        return folder; // "/": everything
    QString end = QStringLiteral("$");
    if (folder)
        end = QStringLiteral("/.*$");
    else if (github && !(anchored && body.section(u'/', -1) == u"*")) // docs/* is one level
        end = QStringLiteral("(?:/.*)?$");
    const QRegularExpression regex((anchored ? QStringLiteral("^") : QStringLiteral("^(?:.*/)?")) + regexOf(body) + end);
    return regex.isValid() && regex.match(path).hasMatch();
}

QStringList codeOwnersPlaces(OwnersSystem system)
{
    if (system == OwnersSystem::GitLab)
        return {QStringLiteral("CODEOWNERS"), QStringLiteral("docs/CODEOWNERS"), QStringLiteral(".gitlab/CODEOWNERS")};
    return {QStringLiteral(".github/CODEOWNERS"), QStringLiteral("CODEOWNERS"), QStringLiteral("docs/CODEOWNERS")};
}

CodeOwners readCodeOwners(const QString &file, const QByteArray &bytes, OwnersSystem system)
{
    CodeOwners result{file, system, {}, {}};
    static const QRegularExpression header(QStringLiteral("^\\^?\\[([^\\]]+)\\](?:\\[\\d+\\])?\\s*(.*)$"));
    QString section;
    QStringList defaults;
    const QStringList lines = QString::fromUtf8(bytes).split(u'\n');
    for (qsizetype i = 0; i < std::min(lines.size(), mostLines); ++i) {
        QString line = lines[i];
        line.remove(u'\r');
        const Span span{int(i) + 1, 1, int(i) + 1, int(line.size()) + 1};
        const auto match = header.match(line.trimmed());
        if (system == OwnersSystem::GitLab && match.hasMatch()) {
            section = match.captured(1).toLower(); // sections of one name are one
            defaults = wordsOf(match.captured(2));
            continue;
        }
        QStringList words = wordsOf(line);
        if (words.isEmpty())
            continue;
        const QString pattern = words.takeFirst();
        if (system == OwnersSystem::GitHub && (pattern.startsWith(u'!') || pattern.contains(u'['))) {
            result.problems.push_back({file, span, Text{"`%1` は CODEOWNERS では使えません", "`%1` does not work in CODEOWNERS"}.arg(pattern),
                                       {"`!` と `[ ]` を使わずに書いてください", "write it without `!` and `[ ]`"}});
            continue;
        }
        result.lines.push_back({pattern, words.isEmpty() ? defaults : words, section, span});
    }
    return result;
}

std::vector<const OwnersLine *> CodeOwners::linesFor(const QString &path) const
{
    QMap<QString, const OwnersLine *> last;
    for (const OwnersLine &line : lines) {
        if (matchesOwnersPattern(path, line.pattern, system))
            last.insert(system == OwnersSystem::GitHub ? QString() : line.section, &line);
    }
    const auto found = last.values();
    return {found.begin(), found.end()};
}

} // namespace tenken
