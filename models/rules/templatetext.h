// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/documents.h>

namespace tenken
{

/// Text of a template that nobody filled in: TODO, 〇〇, "ここに記入", <team name> …
struct TemplateText {
    QString text;
    Span span;
};

/// All of it in what people read: code, comments and links aside.
std::vector<TemplateText> templateTexts(const Document &document);

} // namespace tenken
