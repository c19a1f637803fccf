// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/documents.h>
#include <evidence/service.h>

namespace tenken
{

/// A guide as declared, and as read where there is a file.
struct Guide {
    DocumentSource source;
    const Document *document = nullptr;
};

struct Evidence;
/// The documents of that role, in declared order.
std::vector<Guide> guidesOf(const Evidence &evidence, const QString &role);

/// Whether a link leads to the guide: its URL but for the part behind '#', or its file in a repository of the
/// service. Unsure: the file's path, in a repository that does not name the service.
enum class Leads { No, Unsure, Yes };
Leads leadsTo(const QString &link, const Guide &guide, const QString &serviceId);

/// The part behind '#', decoded, without what GitHub puts before it. Empty: none.
QString anchorOf(const QString &link);
const Heading *headingAt(const Document &document, const QString &anchor);
bool hasAnchor(const Document &document, const QString &anchor);

/// For comparing titles: lower case, one width, without numbering, brackets' marks and punctuation.
QString plainTitle(const QString &title);

} // namespace tenken
