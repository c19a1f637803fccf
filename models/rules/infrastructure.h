// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/cloudformation/template.h>
#include <evidence/fluentbit/config.h>
#include <rules/findings.h>

namespace tenken
{

/// What the rules about logs and outside checks share: the way of the logs, and places in templates.

/// A finding at a property of a resource, else at its logical id.
Finding findingAt(const RuleContext &context, const Text &title, const CfnObject &object, Yaml node = {});
void markResource(Finding &finding, const CfnObject &object, const Text &note);

/// Where nothing was found: unknown while templates are missing, are not readable, or bring in more than is
/// seen; else `absent` as a fail.
Finding notInTemplates(const RuleContext &context, Finding f, const Text &absent, const Text &remedy);

/// A bucket and the folder in it, of an ARN or an s3:// URL.
struct BucketPlace {
    CfnText name; ///< the bucket's own name where it has one
    CfnObject bucket; ///< none: only its name is known
    const CfnTemplate *in = nullptr;
    QString path; ///< below the bucket, as far as it is known

    bool isKnown() const { return bucket || !name.isEmpty(); }
};

BucketPlace bucketIn(const CloudFormation &all, const CfnTemplate &in, const CfnText &location);
bool isSameBucket(const BucketPlace &a, const BucketPlace &b);

enum class NameFit { No, Perhaps, Yes };
/// Whether a name in another file ("production-access-log", "${ENV}-access-log") is this one.
NameFit fitOfName(const QString &name, const CfnText &text);

/// A delivery stream and where it keeps what it gets.
struct Delivery {
    CfnObject stream;
    BucketPlace bucket;
    QString prefix; ///< up to what changes with time
    bool dated = false; ///< after it comes a date: by the prefix, or because Firehose appends one
    enum class Keeps { Everything, FailuresOnly, Staging, Nothing } keeps = Keeps::Nothing;
    bool conditional = false;
    Yaml destination;
};

std::vector<Delivery> deliveriesOf(const CloudFormation &all);

/// An output of Fluent Bit that leads to Firehose, and what it leads to.
struct LogRoute {
    const FluentBitConfig *config = nullptr;
    const FluentBitSection *output = nullptr;
    QString stream; ///< the name that it writes to
    bool dataStream = false; ///< to a Kinesis data stream, which Firehose may read
    std::vector<std::pair<Delivery, NameFit>> deliveries;
};

std::vector<LogRoute> logRoutes(const RuleContext &context);

} // namespace tenken
