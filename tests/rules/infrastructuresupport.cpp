// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "infrastructuresupport.h"

namespace tenken::test
{

Evidence infrastructure(const QByteArray &cloudFormation, const QByteArray &manifests,
                        const QByteArray &service)
{
    Evidence e = evidenceFrom(manifests, service);
    std::vector<std::shared_ptr<const YamlFile>> files;
    if (!cloudFormation.isEmpty())
        files.push_back(YamlFile::parse(cloudFormation, QStringLiteral("cfn/logs.yaml")));
    e.cloudFormation = std::make_shared<const CloudFormation>(readCloudFormation(files));
    e.fluentBit = readFluentBit(*e.manifests, files, {});
    return e;
}

void addTerraform(Evidence &e)
{
    CloudFormation all = *e.cloudFormation;
    all.terraform = {QStringLiteral("tf/main.tf")};
    e.cloudFormation = std::make_shared<const CloudFormation>(all);
}

QByteArray fluentBit(const QByteArray &config)
{
    QByteArray text =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fluent-bit}\ndata:\n  fluent-bit.conf: |\n";
    for (const QByteArray &line : config.split('\n'))
        text += "    " + line + '\n';
    return text;
}

QByteArray toStream(const QByteArray &name, const QByteArray &match)
{
    return fluentBit("[INPUT]\n    Name tail\n    Tag kube.*\n[OUTPUT]\n    Name kinesis_firehose\n    Match "
                     + match + "\n    delivery_stream " + name + "\n");
}

} // namespace tenken::test
