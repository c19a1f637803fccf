// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/documents.h>

namespace tenken
{

/// Links of Markdown text whose code and comments are blanked: inline, by reference, <autolinks> and bare
/// ones. Images are no links. In file order.
std::vector<Link> markdownLinks(const QStringList &prose);

/// What a reader sees of inline markup: "**5xx** [率](x)" → "5xx 率".
QString plainInline(const QString &markup);

/// id="…" and name="…" of HTML tags in the text.
QStringList htmlAnchors(const QStringList &prose);

} // namespace tenken
