// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/shellparser.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

using Kind = ShellNode::Kind;

constexpr size_t mostCopied = 20'000;

qsizetype assignmentAt(const QString &word)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*\\+?="));
    const auto match = form.match(word);
    return match.hasMatch() ? match.capturedLength() : 0;
}

size_t sizeOf(const ShellNode &node)
{
    size_t size = 1;
    for (const ShellNode &child : node.children)
        size += sizeOf(child);
    return size;
}

} // namespace

ShellNode ShellParser::function(const QString &name)
{
    while (m_token.kind == ShellToken::Kind::Newline)
        advance();
    if (++m_nesting <= deepestNesting)
        m_functions.insert(name, std::make_shared<ShellNode>(command()));
    --m_nesting;
    return {};
}

ShellNode ShellParser::simple()
{
    ShellCommand command;
    QStringList inner;
    const qsizetype begin = m_token.begin;
    qsizetype end = begin;
    const bool brackets = m_token.kind == ShellToken::Kind::Word && m_token.text == u"[[";
    while (m_token.kind == ShellToken::Kind::Word
           || (brackets && m_token.kind == ShellToken::Kind::Operator && !command.words.contains(QStringLiteral("]]")))) {
        end = m_token.end;
        command.words.append(m_token.text);
        inner += std::exchange(m_token.commands, {});
        advance();
        if (command.words.size() == 1 && m_token.is(u"(") && m_token.begin == end) {
            advance();
            if (m_token.is(u")"))
                advance();
            return function(command.words[0]);
        }
    }
    if (begin == end && m_token.kind == ShellToken::Kind::Operator) {
        if (!m_token.is(u")"))
            advance();
        return {};
    }
    takeAssignments(command);
    place(command, begin, end);
    ShellNode before = substituted(inner, command);
    const bool runs = !command.words.isEmpty();
    if (runs && inner.isEmpty())
        return add(std::move(command));
    if (runs) { // its own status counts, not that of what is put into it
        before.ignored = true;
        ShellNode both;
        both.children.push_back(std::move(before));
        both.children.push_back(add(std::move(command)));
        return both;
    }
    return before; // `x=$(command)` fails with the command
}

/// What stands in `$( )`, run one after the other in a shell of its own.
ShellNode ShellParser::substituted(const QStringList &texts, const ShellCommand &of)
{
    ShellNode node;
    if (texts.isEmpty())
        return node;
    node.kind = Kind::Subshell;
    if (m_reader.depth >= ShellReader::deepest) {
        m_reader.addOpaque(of.text.left(80));
        return node;
    }
    const QMap<QString, QString> outer = m_reader.variables;
    ++m_reader.depth;
    for (const QString &text : texts) {
        const ShellSource source{text, of.file, of.span, 0, 0, QStringLiteral("$( )")};
        node.children.push_back(ShellParser(m_reader, source).parse());
    }
    --m_reader.depth;
    m_reader.variables = outer;
    return node;
}

void ShellParser::takeAssignments(ShellCommand &command)
{
    static const QStringList declaring{QStringLiteral("export"), QStringLiteral("local"), QStringLiteral("readonly"),
                                       QStringLiteral("declare"), QStringLiteral("typeset")};
    qsizetype count = 0;
    while (count < command.words.size() && assignmentAt(command.words[count]) > 0)
        ++count;
    const bool only = count == command.words.size();
    const bool declares = !only && declaring.contains(command.words[count]);
    for (qsizetype i = declares ? count + 1 : 0; i < (declares ? command.words.size() : only ? count : 0); ++i) {
        const qsizetype value = assignmentAt(command.words[i]);
        const QString name = command.words[i].left(value - 1);
        const QString text = command.words[i].sliced(value);
        const bool known = value > 0 && !name.endsWith(u'+') && !text.contains(u'$') && !text.contains(u'`')
            && m_reader.m_branches.isEmpty();
        if (value > 0)
            setVariable(name, known ? std::optional(text) : std::nullopt);
    }
    command.words.remove(0, count);
}

std::optional<QString> ShellParser::variable(const QString &name) const
{
    const auto it = m_reader.variables.constFind(name);
    return it == m_reader.variables.constEnd() ? std::nullopt : std::optional(*it);
}

void ShellParser::setVariable(const QString &name, const std::optional<QString> &value)
{
    if (value)
        m_reader.variables.insert(name, *value);
    else
        m_reader.variables.remove(name);
}

void ShellParser::place(ShellCommand &command, qsizetype begin, qsizetype end) const
{
    command.text = m_source.text.sliced(begin, end - begin).simplified();
    command.file = m_source.file;
    command.via = m_source.via;
    command.branches = m_reader.m_branches;
    command.span = m_source.whole;
    if (m_source.firstLine <= 0)
        return;
    const auto at = [this](qsizetype offset) {
        const QStringView before = QStringView(m_source.text).first(offset);
        const int line = int(before.count(u'\n'));
        const qsizetype start = before.lastIndexOf(u'\n') + 1;
        return std::pair(m_source.firstLine + line, int(offset - start) + 1 + m_source.indent);
    };
    const auto [line, column] = at(begin);
    const auto [endLine, endColumn] = at(end);
    command.span = {line, column, endLine, endColumn};
}

ShellNode ShellParser::add(ShellCommand command)
{
    ShellNode node;
    if (command.words.isEmpty())
        return node;
    if (m_reader.m_script.commands.size() >= ShellReader::mostCommands) {
        m_reader.addOpaque(m_source.file);
        return node;
    }
    if (m_reader.depth >= ShellReader::deepest) {
        m_reader.addOpaque(command.text.left(80));
        return node;
    }
    node.kind = Kind::Command;
    node.command = m_reader.m_script.commands.size();
    m_reader.m_script.commands.push_back(command);
    if (const auto body = m_functions.constFind(command.words[0]); body != m_functions.constEnd()) {
        m_copied += sizeOf(**body); // functions that call functions grow beyond any bound
        if (m_copied < mostCopied)
            node.children.push_back(**body);
        else
            m_reader.addOpaque(command.words[0]);
    } else if (m_reader.m_follow) {
        ++m_reader.depth;
        std::optional<ShellNode> followed = m_reader.m_follow(command, m_reader);
        --m_reader.depth;
        if (followed)
            node.children.push_back(*std::move(followed));
    }
    return node;
}

} // namespace tenken
