using Waybill.Receiver;

await ReceiverApp.Build(args).RunAsync();
