// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QStringList>

namespace tenken {

struct ShellToken {
    enum class Kind { Word, Operator, Newline, End };
    Kind kind = Kind::End;
    QString text;           ///< of a word: without quotes, known variables put in; of an operator: as written
    bool plain = false;     ///< a word without quotes or variables: only such may be a reserved word
    bool splits = false;    ///< an unquoted variable put blanks into it
    qsizetype begin = 0;
    qsizetype end = 0;
    QStringList commands;   ///< in `$( )` and backticks: they run before the command that the word is of

    bool is(QStringView op) const { return kind == Kind::Operator && text == op; }
    bool isReserved(QStringView word) const { return kind == Kind::Word && plain && text == word; }
};

/// Cuts shell text into words and operators. It never fails: an open quotation runs to the end.
class ShellWords
{
public:
    ShellWords(const QString &text, QMap<QString, QString> &variables) : m_text(text), m_variables(variables) { }

    ShellToken next();
    qsizetype position() const { return m_at; }
    void setPosition(qsizetype at) { m_at = at; }
    bool unclosed() const { return m_unclosed; }

private:
    void skipBlank();
    ShellToken word();
    ShellToken redirection();
    void quoted(ShellToken &token);
    void variable(ShellToken &token, bool inQuotes);
    void substitution(ShellToken &token, const QString &written);
    QString balanced(QStringView open, QStringView close);
    void skipHeredocs();
    void skipHeredoc(const QString &line, bool tabs);

    const QString &m_text;
    QMap<QString, QString> &m_variables;
    qsizetype m_at = 0;
    bool m_unclosed = false;
    QList<std::pair<QString, bool>> m_heredocs; ///< delimiter, and whether leading tabs are taken off
};

} // namespace tenken
