// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/shell.h>

#include <evidence/pipelines/shellparser.h>

namespace tenken {

QString programName(const QString &word)
{
    const QString name = word.sliced(word.lastIndexOf(u'/') + 1);
    return name.endsWith(u".exe") ? name.chopped(4) : name;
}

ShellNode ShellReader::read(const ShellSource &source, const ShellOptions &options)
{
    ShellNode node;
    node.kind = ShellNode::Kind::Process;
    node.children.push_back(ShellParser(*this, source).parse());
    node.options = options;
    return node;
}

ShellScript ShellReader::take(ShellNode root)
{
    m_script.root = std::move(root);
    m_script.opaque.removeDuplicates();
    return std::move(m_script);
}

void ShellReader::addOpaque(const QString &name)
{
    if (!name.isEmpty() && m_script.opaque.size() < 50)
        m_script.opaque.append(name);
}

} // namespace tenken
