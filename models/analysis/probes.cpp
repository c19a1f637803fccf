// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/probes.h>

#include <analysis/fields.h>

namespace tenken {

namespace {

bool isTcp(Yaml port)
{
    return port["protocol"].stringOr(QStringLiteral("TCP")) == u"TCP";
}

struct ResolvedPort {
    Probe::Port state = Probe::Port::Unused;
    QString number;
};

ResolvedPort resolveName(const QString &name, Yaml ports)
{
    for (const Yaml port : ports.items()) {
        if (port["name"].string() == name)
            return {isTcp(port) ? Probe::Port::Declared : Probe::Port::OtherProtocol, port["containerPort"].string()};
    }
    if (looksTemplated(name))
        return {Probe::Port::Templated, name};
    return {Probe::Port::NoSuchName, name};
}

// A quoted number is a name to the API server, and no valid one: it stays a name here.
ResolvedPort resolvePort(Yaml value, Yaml ports)
{
    if (!value || value.isNull())
        return {};
    const std::optional<qint64> number = value.integer();
    if (!number)
        return resolveName(value.string(), ports);
    if (*number < 1 || *number > 65535)
        return {Probe::Port::OutOfRange, QString::number(*number)};
    Probe::Port state = Probe::Port::Undeclared;
    for (const Yaml port : ports.items()) {
        if (port["containerPort"].integer() == number)
            state = isTcp(port) || state == Probe::Port::Declared ? Probe::Port::Declared : Probe::Port::OtherProtocol;
    }
    return {state, QString::number(*number)};
}

QString hostOf(Yaml httpGet)
{
    for (const Yaml header : httpGet["httpHeaders"].items()) {
        if (header["name"].string().compare(u"Host", Qt::CaseInsensitive) == 0)
            return header["value"].string();
    }
    return httpGet["host"].stringOr(QStringLiteral("pod"));
}

QString httpEndpoint(Yaml httpGet, const QString &port)
{
    QString path = httpGet["path"].stringOr(QStringLiteral("/"));
    if (!path.startsWith(u'/'))
        path.prepend(u'/');
    const QString scheme = httpGet["scheme"].stringOr(QStringLiteral("HTTP")).toLower();
    return QStringLiteral("%1://%2:%3%4").arg(scheme, hostOf(httpGet), port, path);
}

void readHandler(Probe &probe, Yaml ports)
{
    const auto takePort = [&](Yaml handler) {
        const ResolvedPort resolved = resolvePort(handler["port"], ports);
        probe.port = resolved.state;
        probe.portText = handler["port"].string();
        return resolved.number;
    };
    for (const char *key : {"httpGet", "tcpSocket", "grpc", "exec"}) {
        if (probe.node[key].isMap())
            ++probe.handlers;
    }
    if (const Yaml http = probe.node["httpGet"]; http.isMap()) {
        probe.handler = Probe::Handler::Http;
        probe.endpoint = httpEndpoint(http, takePort(http));
    } else if (const Yaml tcp = probe.node["tcpSocket"]; tcp.isMap()) {
        probe.handler = Probe::Handler::Tcp;
        const QString host = tcp["host"].stringOr(QStringLiteral("pod"));
        probe.endpoint = QStringLiteral("tcp://%1:%2").arg(host, takePort(tcp));
    } else if (const Yaml grpc = probe.node["grpc"]; grpc.isMap()) {
        probe.handler = Probe::Handler::Grpc;
        probe.endpoint = QStringLiteral("grpc://pod:%1/%2").arg(takePort(grpc), grpc["service"].stringOr({}));
    } else if (const Yaml exec = probe.node["exec"]; exec.isMap()) {
        probe.handler = Probe::Handler::Exec;
        probe.endpoint = QStringLiteral("exec ") + exec["command"].strings().join(QChar(0x1f));
    }
}

} // namespace

Probe readProbe(const Container &container, std::string_view key)
{
    Probe probe;
    probe.node = container.node[key];
    if (!probe.exists())
        return probe;
    const IntField delay = intField(probe.node, "initialDelaySeconds", 0);
    const IntField period = intField(probe.node, "periodSeconds", 10, true);
    const IntField timeout = intField(probe.node, "timeoutSeconds", 1, true);
    const IntField threshold = intField(probe.node, "failureThreshold", 3, true);
    probe.initialDelay = delay.value;
    probe.period = period.value;
    probe.timeout = timeout.value;
    probe.failureThreshold = threshold.value;
    probe.timingKnown = delay.known && period.known && threshold.known && delay.value >= 0 && period.value > 0
        && threshold.value > 0;
    readHandler(probe, container.node["ports"]);
    return probe;
}

std::vector<Container> ownContainers(const Workload &w)
{
    std::vector<Container> own;
    for (const Container &c : w.containers) {
        if (c.role == Container::Role::App && c.name != u"istio-proxy")
            own.push_back(c);
    }
    return own;
}

std::vector<Container> servingContainers(const Workload &w)
{
    const std::vector<Container> own = ownContainers(w);
    std::vector<Container> serving;
    for (const Container &c : own) {
        if (c.node["ports"].size() > 0)
            serving.push_back(c);
    }
    return serving.empty() ? own : serving;
}

} // namespace tenken
