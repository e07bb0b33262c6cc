-- A database for each service; the owner is the user that compose names.
create database orders;
create database inventory;
create database shipping;
create database email;
