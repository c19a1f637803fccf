// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/shellparser.h>

#include <algorithm>

namespace tenken {

namespace {

using Kind = ShellNode::Kind;

constexpr qsizetype mostRounds = 8; ///< of a `for` over words that are written out

/// Ask only: nobody knows their answer beforehand.
bool isTest(const ShellCommand &command)
{
    static const QStringList programs{QStringLiteral("["), QStringLiteral("[["), QStringLiteral("test"),
                                      QStringLiteral("(("), QStringLiteral("grep"), QStringLiteral("egrep"),
                                      QStringLiteral("command"), QStringLiteral("which"), QStringLiteral("type")};
    return !command.words.isEmpty() && programs.contains(command.words[0]);
}

ShellNode nodeOf(Kind kind, ShellNode a)
{
    ShellNode node;
    node.kind = kind;
    node.children.push_back(std::move(a));
    return node;
}

} // namespace

ShellParser::ShellParser(ShellReader &reader, const ShellSource &source)
    : m_reader(reader)
    , m_source(source)
    , m_words(source.text, reader.variables)
{
    advance();
}

ShellNode ShellParser::parse()
{
    ShellNode list = this->list({});
    while (m_token.kind != ShellToken::Kind::End) { // a stray `)` or `fi`: what follows is still read
        advance();
        list.children.push_back(this->list({}));
    }
    if (m_words.unclosed())
        m_reader.addOpaque(m_source.via.isEmpty() ? m_source.file : m_source.via);
    return list;
}

void ShellParser::advance()
{
    if (!m_split.isEmpty()) {
        m_token.text = m_split.takeFirst();
        return;
    }
    m_token = m_words.next();
    if (m_token.kind == ShellToken::Kind::Word && m_token.splits) {
        m_split = m_token.text.split(u' ', Qt::SkipEmptyParts);
        if (!m_split.isEmpty())
            m_token.text = m_split.takeFirst();
    }
}

void ShellParser::skipNewlines()
{
    while (m_token.kind == ShellToken::Kind::Newline || m_token.is(u";"))
        advance();
}

bool ShellParser::takeWord(QStringView word)
{
    skipNewlines();
    if (!m_token.isReserved(word))
        return false;
    advance();
    return true;
}

bool ShellParser::atEndOf(const QStringList &terminators) const
{
    if (m_token.kind == ShellToken::Kind::End || m_token.is(u")") || m_token.is(u";;") || m_token.is(u";&")
        || m_token.is(u";;&"))
        return true;
    return m_token.kind == ShellToken::Kind::Word && m_token.plain && terminators.contains(m_token.text);
}

ShellNode ShellParser::list(const QStringList &terminators)
{
    ShellNode list;
    if (++m_nesting > deepestNesting)
        m_reader.addOpaque(m_source.file);
    while (m_nesting <= deepestNesting) {
        skipNewlines();
        if (atEndOf(terminators))
            break;
        const qsizetype before = m_words.position();
        ShellNode node = andOr();
        if (m_token.is(u"&")) {
            node = nodeOf(Kind::Background, std::move(node));
            advance();
        }
        list.children.push_back(std::move(node));
        if (m_words.position() == before && m_token.kind == ShellToken::Kind::Operator)
            advance(); // whatever it is, go on
    }
    --m_nesting;
    return list;
}

/// What stands in a part that may not be run.
ShellNode ShellParser::branch(const QStringList &terminators)
{
    m_reader.m_branches.append(++m_reader.m_nextBranch);
    ShellNode node = list(terminators);
    m_reader.m_branches.removeLast();
    return node;
}

bool ShellParser::asks(const ShellNode &node) const
{
    if (node.kind == Kind::Command)
        return isTest(m_reader.m_script.commands[node.command]);
    return std::ranges::any_of(node.children, [this](const ShellNode &n) { return asks(n); });
}

ShellNode ShellParser::andOr()
{
    ShellNode left = pipe();
    while (m_token.is(u"&&") || m_token.is(u"||")) {
        const bool isAnd = m_token.is(u"&&");
        advance();
        while (m_token.kind == ShellToken::Kind::Newline)
            advance();
        const bool conditional = !isAnd || asks(left);
        if (conditional)
            m_reader.m_branches.append(++m_reader.m_nextBranch);
        ShellNode node = nodeOf(isAnd ? Kind::And : Kind::Or, std::move(left));
        node.children.push_back(pipe());
        if (conditional)
            m_reader.m_branches.removeLast();
        left = std::move(node);
    }
    return left;
}

ShellNode ShellParser::pipe()
{
    bool negates = false;
    while (m_token.isReserved(u"!") || m_token.isReserved(u"time")) {
        negates ^= m_token.isReserved(u"!");
        advance();
    }
    ShellNode node = command();
    if (m_token.is(u"|") || m_token.is(u"|&")) {
        node = nodeOf(Kind::Pipe, std::move(node));
        while (m_token.is(u"|") || m_token.is(u"|&")) {
            advance();
            while (m_token.kind == ShellToken::Kind::Newline)
                advance();
            node.children.push_back(command());
        }
    }
    return negates ? nodeOf(Kind::Not, std::move(node)) : std::move(node);
}

ShellNode ShellParser::command()
{
    if (m_token.is(u"("))
        return subshell();
    if (m_token.isReserved(u"if"))
        return conditional();
    if (m_token.isReserved(u"while") || m_token.isReserved(u"until"))
        return loop();
    if (m_token.isReserved(u"for") || m_token.isReserved(u"select"))
        return rounds();
    if (m_token.isReserved(u"case"))
        return cases();
    if (m_token.isReserved(u"{")) {
        advance();
        ShellNode node = nodeOf(Kind::Group, list({QStringLiteral("}")}));
        takeWord(u"}");
        return node;
    }
    if (m_token.isReserved(u"function")) {
        advance();
        const QString name = m_token.text;
        advance();
        if (m_token.is(u"(")) {
            advance();
            advance();
        }
        return function(name);
    }
    return simple();
}

ShellNode ShellParser::subshell()
{
    advance();
    ShellNode node = nodeOf(Kind::Subshell, list({}));
    if (m_token.is(u")"))
        advance();
    return node;
}

ShellNode ShellParser::conditional()
{
    static const QStringList ends{QStringLiteral("elif"), QStringLiteral("else"), QStringLiteral("fi")};
    ShellNode node;
    node.kind = Kind::If;
    do {
        advance(); // if, elif
        node.children.push_back(list({QStringLiteral("then")}));
        if (!takeWord(u"then"))
            return node;
        node.children.push_back(branch(ends));
    } while (m_token.isReserved(u"elif"));
    if (takeWord(u"else"))
        node.children.push_back(branch({QStringLiteral("fi")}));
    takeWord(u"fi");
    return node;
}

ShellNode ShellParser::loop()
{
    advance();
    ShellNode node;
    node.kind = Kind::Loop;
    node.children.push_back(list({QStringLiteral("do")}));
    takeWord(u"do");
    node.children.push_back(branch({QStringLiteral("done")}));
    takeWord(u"done");
    return node;
}

/// `for x in a b`: each round is read by itself, for x may name what is run.
ShellNode ShellParser::rounds()
{
    advance();
    const QString name = m_token.text;
    advance();
    QStringList values;
    bool known = false;
    if (m_token.isReserved(u"in")) {
        known = true;
        for (advance(); m_token.kind == ShellToken::Kind::Word; advance()) {
            values.append(m_token.text);
            known = known && !m_token.text.contains(u'$') && !m_token.text.contains(u'*');
        }
    } else { // C style, or over the arguments
        while (m_token.kind != ShellToken::Kind::End && m_token.kind != ShellToken::Kind::Newline
               && !m_token.is(u";") && !m_token.isReserved(u"do"))
            advance();
    }
    skipNewlines();
    const std::optional<QString> outer = variable(name);
    ShellNode node;
    const qsizetype body = m_words.position();
    const ShellToken first = m_token;
    const qsizetype count = known && !values.isEmpty() && values.size() <= mostRounds ? values.size() : 1;
    for (qsizetype i = 0; i < count; ++i) {
        m_words.setPosition(body);
        m_token = first;
        setVariable(name, count == values.size() && known ? std::optional(values[i]) : std::nullopt);
        takeWord(u"do");
        node.children.push_back(nodeOf(Kind::Group, list({QStringLiteral("done")})));
    }
    setVariable(name, outer);
    takeWord(u"done");
    return node;
}

ShellNode ShellParser::cases()
{
    advance();
    advance(); // the subject
    ShellNode node;
    node.kind = Kind::Case;
    takeWord(u"in");
    while (true) {
        skipNewlines();
        if (m_token.kind == ShellToken::Kind::End || takeWord(u"esac"))
            return node;
        while (m_token.kind != ShellToken::Kind::End && !m_token.is(u")"))
            advance(); // the patterns
        if (m_token.is(u")"))
            advance();
        node.children.push_back(branch({QStringLiteral("esac")}));
        if (m_token.is(u";;") || m_token.is(u";&") || m_token.is(u";;&"))
            advance();
        else if (m_token.is(u")"))
            return node; // broken
    }
}

} // namespace tenken
