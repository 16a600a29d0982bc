using System.Net;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>Turns a host name into addresses; throws <see cref="System.Net.Sockets.SocketException"/> as <see cref="Dns"/> does.</summary>
public delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);
