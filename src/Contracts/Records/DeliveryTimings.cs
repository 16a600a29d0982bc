namespace Waybill.Notifications.Records;

/// <summary>
/// How long each phase of an attempt took, in milliseconds. A phase that did not happen is null:
/// no DNS, connect and TLS on a reused connection, no TLS for http.
/// </summary>
/// <param name="Dns">Name resolution.</param>
/// <param name="Connect">TCP connect, until the connection stood.</param>
/// <param name="Tls">TLS handshake.</param>
/// <param name="Ttfb">From sending the request to the first byte of the answer (its headers).</param>
/// <param name="Body">From the headers to the last byte read.</param>
/// <param name="Reused">True when a pooled connection was used.</param>
public sealed record DeliveryTimings(double? Dns, double? Connect, double? Tls, double? Ttfb, double? Body, bool Reused);
