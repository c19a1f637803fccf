// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/makefile.h>

#include <QRegularExpression>

#include <utility>

namespace tenken {

namespace {

class MakeReader
{
public:
    explicit MakeReader(const QMap<QString, QString> &given)
        : m_variables(given)
        , m_given(given.keys())
    {
    }

    Makefile read(const QString &text)
    {
        const QStringList lines = text.split(u'\n');
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const int number = int(i) + 1;
            QString line = lines[i];
            while (line.endsWith(u'\\') && i + 1 < lines.size()) // kept for the shell, which joins them too
                line += u'\n' + lines[++i];
            line.remove(u'\r');
            take(line, number);
        }
        return std::move(m_file);
    }

private:
    void take(const QString &line, int number)
    {
        if (m_inDefine) {
            m_inDefine = !line.trimmed().startsWith(u"endef");
            return;
        }
        if (line.startsWith(u'\t')) {
            if (!m_open.isEmpty())
                recipe(line.sliced(1), number);
            return;
        }
        QString plain = line;
        plain.replace(QStringLiteral("\\\n"), QStringLiteral(" "));
        plain = withoutComment(plain).trimmed();
        static const QRegularExpression directive(
            QStringLiteral("^(ifeq|ifneq|ifdef|ifndef|else|endif|export|unexport|vpath|override)\\b"));
        if (plain.isEmpty() || (directive.match(plain).hasMatch() && !plain.contains(u'=')))
            return;
        m_inDefine = plain.startsWith(u"define ");
        if (m_inDefine)
            return;
        static const QRegularExpression include(QStringLiteral("^-?s?include\\s+(.+)$"));
        if (const auto match = include.match(plain); match.hasMatch()) {
            m_file.includes.append(match.captured(1));
            return;
        }
        if (!assignment(plain))
            rule(plain, number);
    }

    static QString withoutComment(const QString &line)
    {
        const qsizetype hash = line.indexOf(u'#');
        return hash < 0 ? line : line.left(hash);
    }

    bool assignment(const QString &line)
    {
        static const QRegularExpression form(
            QStringLiteral("^(?:export\\s+|override\\s+)?([A-Za-z0-9_.\\-]+)\\s*(\\?|\\+|::?|!)?=\\s*(.*)$"));
        const auto match = form.match(line);
        if (!match.hasMatch())
            return false;
        const QString name = match.captured(1), how = match.captured(2), value = match.captured(3);
        static const QRegularExpression ignores(QStringLiteral("(^|\\s)(-?[a-zA-Z]*i[a-zA-Z]*|--ignore-errors)(\\s|$)"));
        if (name == u"MAKEFLAGS" && ignores.match(value).hasMatch() && !value.contains(u"--no-"))
            m_file.ignoresErrors = true;
        if (m_given.contains(name) || (how == u"?" && m_variables.contains(name)))
            return true;
        if (how == u"!")
            m_variables.remove(name);
        else if (how == u"+")
            m_variables[name] += u' ' + value;
        else
            m_variables.insert(name, how.startsWith(u':') ? expanded(value, {}, 0) : value);
        return true;
    }

    void rule(const QString &line, int number)
    {
        m_open.clear();
        const qsizetype colon = line.indexOf(u':');
        if (colon <= 0 || line.mid(colon + 1).startsWith(u'='))
            return;
        QString rest = line.sliced(colon + 1);
        const bool isDouble = rest.startsWith(u':');
        if (isDouble)
            rest.removeFirst();
        const QStringList names = expanded(line.left(colon), {}, 0).split(u' ', Qt::SkipEmptyParts);
        if (names.contains(QStringLiteral(".ONESHELL")))
            m_file.oneShell = true;
        if (names.contains(QStringLiteral(".IGNORE"))) {
            m_file.ignored += rest.split(u' ', Qt::SkipEmptyParts);
            m_file.ignoresErrors |= rest.trimmed().isEmpty();
        }
        static const QRegularExpression own(QStringLiteral("^\\s*[A-Za-z0-9_.\\-]+\\s*[:?+]?=")); // target: VAR = x
        if (own.match(rest).hasMatch() || names.isEmpty() || names.first().startsWith(u'.'))
            return;
        const qsizetype semicolon = rest.indexOf(u';');
        QStringList needs = expanded(semicolon < 0 ? rest : rest.left(semicolon), {}, 0).split(u' ', Qt::SkipEmptyParts);
        needs.removeAll(QStringLiteral("|"));
        for (const QString &name : names) {
            if (m_file.first.isEmpty() && !name.contains(u'%'))
                m_file.first = name;
            m_file.targets[name].needs += needs;
        }
        m_open = names;
        m_isFresh = !isDouble;
        if (semicolon >= 0)
            recipe(rest.sliced(semicolon + 1), number);
    }

    void recipe(const QString &text, int number)
    {
        if (std::exchange(m_isFresh, false)) { // of several recipes for a target, make takes the last
            for (const QString &name : std::as_const(m_open))
                m_file.targets[name].recipe.clear();
        }
        for (const QString &name : std::as_const(m_open)) {
            MakeLine line{expanded(text, name, 0), number, false};
            qsizetype marks = 0;
            while (marks < line.text.size() && QStringView(u"@-+ \t").contains(line.text[marks])) {
                line.ignored |= line.text[marks] == u'-';
                ++marks;
            }
            line.text.remove(0, marks);
            if (!line.text.isEmpty())
                m_file.targets[name].recipe.push_back(std::move(line));
        }
    }

    /// `$(VAR)`, `${VAR}`, `$@`, `$$`; what is not known stays as it is written.
    QString expanded(const QString &text, const QString &target, int depth) const
    {
        constexpr qsizetype longest = 20'000;
        QString out;
        for (qsizetype i = 0; i < text.size() && out.size() < longest; ++i) {
            if (text[i] != u'$' || i + 1 >= text.size()) {
                out += text[i];
                continue;
            }
            const QChar next = text[++i];
            if (next == u'$') {
                out += u'$';
            } else if (next == u'@' && !target.isEmpty()) {
                out += target;
            } else if (next == u'(' || next == u'{') {
                const qsizetype end = closing(text, i);
                const QString name = text.sliced(i + 1, end - i - 1);
                const auto known = m_variables.constFind(name);
                if (name == u"MAKE")
                    out += QStringLiteral("make");
                else if (known != m_variables.constEnd() && depth < 10)
                    out += expanded(*known, target, depth + 1);
                else
                    out += QStringLiteral("${") + name + u'}';
                i = end;
            } else {
                out += u'$';
                out += next;
            }
        }
        return out;
    }

    static qsizetype closing(const QString &text, qsizetype open)
    {
        const QChar close = text[open] == u'(' ? u')' : u'}';
        int level = 0;
        for (qsizetype i = open; i < text.size(); ++i) {
            level += text[i] == text[open] ? 1 : text[i] == close ? -1 : 0;
            if (level == 0)
                return i;
        }
        return text.size();
    }

    Makefile m_file;
    QMap<QString, QString> m_variables;
    QStringList m_given;
    QStringList m_open; ///< targets that recipe lines belong to
    bool m_inDefine = false;
    bool m_isFresh = false;
};

} // namespace

Makefile readMakefile(const QString &text, const QMap<QString, QString> &given)
{
    return MakeReader(given).read(text);
}

} // namespace tenken
